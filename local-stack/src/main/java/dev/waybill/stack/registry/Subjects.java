package dev.waybill.stack.registry;

import dev.waybill.schemas.compatibility.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * What is registered, kept in one file. The same schema has the same id in every subject.
 * Thread-safe.
 */
final class Subjects {
  private static final Level DEFAULT_LEVEL = Level.FULL_TRANSITIVE;
  private static final String GLOBAL = "";

  /** A version of a subject. */
  record Version(String subject, int version, int id, String guid, String schema) {}

  private final RegistryFile file;
  private final RegistryFile.Content content;

  Subjects(Path path) {
    this.file = new RegistryFile(path);
    this.content = file.read();
  }

  synchronized int register(String subject, String json) {
    Schema schema = parse(json);
    String text = schema.toString();
    Versions versions = versionsOrNone(subject);
    int id = content.schemas().indexOf(text) + 1;
    if (id > 0 && versions.numbers(false).stream().map(versions::id).toList().contains(id)) {
      return id;
    }
    List<String> problems =
        CompatibilityCheck.problems(
            level(subject), schema, schemas(versions, versions.numbers(false)));
    if (!problems.isEmpty()) {
      throw RegistryError.incompatible(String.join("; ", problems));
    }
    if (id == 0) {
      content.schemas().add(text);
      id = content.schemas().size();
    }
    content.subjects().computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
    save();
    return id;
  }

  synchronized Version find(String subject, String json, boolean alsoDeleted) {
    int id = content.schemas().indexOf(parse(json).toString()) + 1;
    Versions versions = versions(subject, alsoDeleted);
    return versions.numbers(alsoDeleted).stream()
        .filter(number -> versions.id(number) == id)
        .findFirst()
        .map(number -> version(versions, number))
        .orElseThrow(RegistryError::noSchema);
  }

  /** The text, of a schema that some subject still has, be it deleted. */
  synchronized String schema(int id) {
    if (content.subjects().values().stream().noneMatch(ids -> ids.contains(id))) {
      throw RegistryError.noSchema(id);
    }
    return text(id);
  }

  synchronized int idOf(String guid) {
    return IntStream.rangeClosed(1, content.schemas().size())
        .filter(id -> Guid.of(text(id)).equals(guid))
        .findFirst()
        .orElseThrow(() -> RegistryError.noSchema(guid));
  }

  /** Where a schema is registered. */
  synchronized List<Version> versionsOf(int id, boolean alsoDeleted) {
    schema(id);
    return content.subjects().keySet().stream()
        .map(this::versionsOrNone)
        .flatMap(
            versions ->
                versions.numbers(alsoDeleted).stream()
                    .filter(number -> versions.id(number) == id)
                    .map(number -> version(versions, number)))
        .toList();
  }

  synchronized List<String> names(boolean alsoDeleted) {
    return content.subjects().keySet().stream()
        .filter(name -> !versionsOrNone(name).numbers(alsoDeleted).isEmpty())
        .toList();
  }

  synchronized List<Integer> numbers(String subject, boolean alsoDeleted) {
    return versions(subject, alsoDeleted).numbers(alsoDeleted);
  }

  synchronized Version version(String subject, VersionNumber number, boolean alsoDeleted) {
    Versions versions = versions(subject, alsoDeleted);
    return version(versions, versions.number(number, alsoDeleted));
  }

  /** All versions; the numbers of those that went. */
  synchronized List<Integer> delete(String subject, boolean permanently) {
    List<Integer> gone = versionsToDelete(subject).deleteAll(permanently);
    cleaned(subject);
    return gone;
  }

  /** One version; its number. */
  synchronized int delete(String subject, VersionNumber version, boolean permanently) {
    Versions versions = versionsToDelete(subject);
    int number = versions.number(version, !version.isLatest() || permanently);
    versions.delete(number, permanently);
    cleaned(subject);
    return number;
  }

  /** What speaks against registering the schema; nothing where there is no version yet. */
  synchronized List<String> problems(String subject, String json) {
    Versions versions = versionsOrNone(subject);
    return CompatibilityCheck.problems(
        level(subject), parse(json), schemas(versions, versions.numbers(false)));
  }

  /** What speaks against the schema beside one version, at the subject's level. */
  synchronized List<String> problems(String subject, VersionNumber number, String json) {
    Schema candidate = parse(json);
    Versions versions = versionsOrNone(subject);
    if (number.isLatest() && versions.numbers(false).isEmpty()) {
      return List.of();
    }
    List<Integer> one = List.of(versions.number(number, false));
    return CompatibilityCheck.problems(level(subject), candidate, schemas(versions, one));
  }

  /** The level that holds for the subject. */
  synchronized Level level(String subject) {
    return content.levels().getOrDefault(subject, globalLevel());
  }

  synchronized Level ownLevel(String subject) {
    Level own = content.levels().get(subject);
    if (own == null) {
      throw RegistryError.noLevel(subject);
    }
    return own;
  }

  synchronized Level globalLevel() {
    return content.levels().getOrDefault(GLOBAL, DEFAULT_LEVEL);
  }

  synchronized void setGlobalLevel(Level level) {
    setLevel(GLOBAL, level);
  }

  synchronized void setLevel(String subject, Level level) {
    content.levels().put(subject, level);
    save();
  }

  /** The level that held. */
  synchronized Level removeGlobalLevel() {
    Level held = globalLevel();
    content.levels().remove(GLOBAL);
    save();
    return held;
  }

  /** The level that held. */
  synchronized Level removeLevel(String subject) {
    Level held = content.levels().remove(subject);
    if (held == null) {
      throw RegistryError.noSubject(subject);
    }
    save();
    return held;
  }

  /** As Confluent's: a subject's level goes with its last version. */
  private void cleaned(String subject) {
    Versions versions = versionsOrNone(subject);
    if (versions.numbers(false).isEmpty()) {
      content.levels().remove(subject);
    }
    if (versions.ids().isEmpty()) {
      content.subjects().remove(subject);
      content.deleted().remove(subject);
    }
    save();
  }

  private Versions versions(String subject, boolean alsoDeleted) {
    Versions versions = versionsOrNone(subject);
    if (versions.numbers(alsoDeleted).isEmpty()) {
      throw RegistryError.noSubject(subject);
    }
    return versions;
  }

  private Versions versionsOrNone(String subject) {
    return new Versions(
        subject,
        content.subjects().getOrDefault(subject, List.of()),
        content.deleted().getOrDefault(subject, Set.of()));
  }

  private Versions versionsToDelete(String subject) {
    versions(subject, true);
    content.deleted().computeIfAbsent(subject, name -> new HashSet<>());
    return versionsOrNone(subject);
  }

  private Version version(Versions versions, int number) {
    int id = versions.id(number);
    return new Version(versions.subject(), number, id, Guid.of(text(id)), text(id));
  }

  private String text(int id) {
    return content.schemas().get(id - 1);
  }

  private Map<Integer, Schema> schemas(Versions versions, List<Integer> numbers) {
    Map<Integer, Schema> schemas = new TreeMap<>();
    numbers.forEach(number -> schemas.put(number, parse(text(versions.id(number)))));
    return schemas;
  }

  private static Schema parse(String json) {
    try {
      return new Schema.Parser().parse(json);
    } catch (RuntimeException invalid) { // Avro's parser has more ways to fail than its own
      throw RegistryError.invalidSchema(String.valueOf(invalid.getMessage()));
    }
  }

  private void save() {
    file.write(content);
  }
}
