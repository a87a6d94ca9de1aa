package dev.waybill.schemas.folder;

import dev.waybill.schemas.compatibility.Level;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file {@value #FILE}: a line {@code subject = LEVEL} for each subject that has another level
 * than {@code default}, and {@code default} where that is to be another than FULL_TRANSITIVE.
 */
final class Levels {
  static final String FILE = "compatibility.properties";
  private static final String DEFAULT = "default";

  private final Properties lines = new Properties();

  private Levels() {}

  /** Adds to {@code wrong} what is no level, or no subject's. */
  static Levels read(Path folder, Set<String> subjects, List<String> wrong) {
    Levels levels = new Levels();
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        levels.lines.load(reader);
      } catch (IllegalArgumentException malformed) {
        wrong.add(file + ": " + malformed.getMessage());
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read " + file, failure);
      }
    }
    for (String name : levels.lines.stringPropertyNames()) {
      if (!name.equals(DEFAULT) && !subjects.contains(name)) {
        wrong.add("%s: there is no subject %s".formatted(file, name));
      }
      if (!isLevel(levels.lines.getProperty(name))) {
        wrong.add(
            "%s: %s = %s is not one of %s"
                .formatted(
                    file,
                    name,
                    levels.lines.getProperty(name),
                    Arrays.stream(Level.values())
                        .map(Level::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    return levels;
  }

  Level of(String subject) {
    String fallback = lines.getProperty(DEFAULT, Level.FULL_TRANSITIVE.name());
    return Level.valueOf(lines.getProperty(subject, fallback).strip());
  }

  private static boolean isLevel(String text) {
    return Arrays.stream(Level.values()).anyMatch(level -> level.name().equals(text.strip()));
  }
}
