package dev.waybill.schemas.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A subject's folder {@value #FOLDER}: files {@code 1.avsc}, {@code 2.avsc} and so on, and their
 * digests in {@value #CHECKSUMS}, which {@code sha256sum -c} reads as well.
 */
final class Releases {
  static final String FOLDER = "released";
  static final String CHECKSUMS = "checksums";
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([1-9][0-9]{0,5})\\.avsc");
  private static final Pattern FILE = Pattern.compile("([1-9][0-9]{0,5})\\.avsc");

  private final Path folder;

  Releases(Path subject) {
    this.folder = subject.resolve(FOLDER);
  }

  /** The files by version, in order; gaps are {@link #damages}. */
  SortedMap<Integer, Path> files() throws IOException {
    TreeMap<Integer, Path> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.toList()) {
          Matcher name = FILE.matcher(file.getFileName().toString());
          if (name.matches()) {
            files.put(Integer.parseInt(name.group(1)), file);
          }
        }
      }
    }
    return files;
  }

  /** What is not as it was released, in words, by the file that it concerns. */
  Map<String, String> damages() throws IOException {
    Map<String, String> damages = new TreeMap<>();
    SortedMap<Integer, String> recorded = recorded(damages);
    SortedMap<Integer, Path> files = files();
    int last = Math.max(highest(files), highest(recorded));
    for (int version = 1; version <= last; version++) {
      Path file = files.get(version);
      String digest = recorded.get(version);
      if (file == null) {
        damages.put(name(version), "is gone");
      } else if (digest == null) {
        damages.put(name(version), "was not written by a release: " + CHECKSUMS + " lacks it");
      } else if (!digest.equals(Digest.of(file))) {
        damages.put(name(version), "is not what was released");
      }
    }
    return damages;
  }

  private static int highest(SortedMap<Integer, ?> byVersion) {
    return byVersion.isEmpty() ? 0 : byVersion.lastKey();
  }

  private SortedMap<Integer, String> recorded(Map<String, String> damages) throws IOException {
    TreeMap<Integer, String> recorded = new TreeMap<>();
    Path file = folder.resolve(CHECKSUMS);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Matcher entry = LINE.matcher(line);
        if (entry.matches()) {
          recorded.put(Integer.parseInt(entry.group(2)), entry.group(1));
        } else {
          damages.put(FOLDER + "/" + CHECKSUMS, "has a line that is none: " + line);
        }
      }
    }
    return recorded;
  }

  /** Writes the text as the next version, whose number it returns; the digests last. */
  int add(String text) throws IOException {
    int version = highest(files()) + 1;
    Files.createDirectories(folder);
    Path file = folder.resolve(version + ".avsc");
    Files.writeString(file, text);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Integer, String> one : recorded(new TreeMap<>()).entrySet()) {
      lines.add(one.getValue() + "  " + one.getKey() + ".avsc");
    }
    lines.add(Digest.of(file) + "  " + version + ".avsc");
    Path next = folder.resolve(CHECKSUMS + ".next");
    Files.write(next, lines, StandardCharsets.UTF_8);
    Files.move(
        next,
        folder.resolve(CHECKSUMS),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return version;
  }

  static String name(int version) {
    return FOLDER + "/" + version + ".avsc";
  }
}
