package dev.waybill.schemas.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All subjects: a folder each, which has the subject's name. */
public final class SchemaFolder {
  private static final Pattern KNOWN =
      Pattern.compile("[^/\\\\]+[/\\\\](schema|released[/\\\\][1-9][0-9]{0,5})\\.avsc");

  private final Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  private SchemaFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads which subjects there are and their levels.
   *
   * @throws WrongFolderException if there is no subject, or a level is wrong
   */
  public static SchemaFolder open(Path folder) {
    SchemaFolder schemas = new SchemaFolder(folder);
    List<String> wrong = new ArrayList<>();
    SortedSet<String> names = schemas.names();
    if (names.isEmpty()) {
      wrong.add("%s: no folder with a %s in it".formatted(folder, Subject.WORKING));
    }
    names.stream()
        .filter(name -> !Files.exists(folder.resolve(name).resolve(Subject.WORKING)))
        .forEach(name -> wrong.add(folder.resolve(name) + " has no " + Subject.WORKING));
    schemas
        .strays()
        .forEach(
            file ->
                wrong.add(file + " is neither a subject's " + Subject.WORKING + " nor released"));
    Levels levels = Levels.read(folder, names, wrong);
    if (!wrong.isEmpty()) {
      throw new WrongFolderException(wrong);
    }
    names.forEach(
        name -> schemas.subjects.add(new Subject(name, folder.resolve(name), levels.of(name))));
    return schemas;
  }

  private SortedSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(SchemaFolder::isSubject).forEach(one -> names.add(one.getFileName().toString()));
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read " + folder, failure);
      }
    }
    return names;
  }

  /** Schemas that nobody would check; what editors and systems hide is none. */
  private List<Path> strays() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".avsc"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !KNOWN.matcher(folder.relativize(file).toString()).matches())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + folder, failure);
    }
  }

  private static boolean isSubject(Path folder) {
    return Files.exists(folder.resolve(Subject.WORKING))
        || Files.exists(folder.resolve(Releases.FOLDER));
  }

  /** By name. */
  public List<Subject> subjects() {
    return List.copyOf(subjects);
  }

  /**
   * Those of these names, or all when none is given.
   *
   * @throws WrongFolderException if there is no such subject
   */
  public List<Subject> subjects(List<String> names) {
    List<String> wrong =
        names.stream()
            .filter(name -> subjects.stream().noneMatch(one -> one.name().equals(name)))
            .map(
                name ->
                    "there is no subject %s in %s; there are %s"
                        .formatted(
                            name,
                            folder,
                            String.join(", ", subjects.stream().map(Subject::name).toList())))
            .toList();
    if (!wrong.isEmpty()) {
      throw new WrongFolderException(wrong);
    }
    return subjects.stream().filter(one -> names.isEmpty() || names.contains(one.name())).toList();
  }

  /**
   * Those of these names, or when none is given all, that a registry has.
   *
   * @throws WrongFolderException if there is no such subject, or a registry has it not
   */
  public List<Subject> registered(List<String> names) {
    List<Subject> all = subjects(names);
    List<String> wrong =
        all.stream()
            .filter(one -> one.isStore() && !names.isEmpty())
            .map(one -> one.name() + " is a store's: no registry has it")
            .toList();
    if (!wrong.isEmpty()) {
      throw new WrongFolderException(wrong);
    }
    return all.stream().filter(one -> !one.isStore()).toList();
  }
}
