package dev.waybill.stack.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.schemas.compatibility.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * What is registered, kept in one JSON file. The same schema has the same id in every subject.
 * Thread-safe.
 */
final class Subjects {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Level DEFAULT_LEVEL = Level.FULL_TRANSITIVE;

  /** The file's content: schemas in order of id, from 1, and each subject's ids by version. */
  private record Content(
      List<String> schemas, Map<String, List<Integer>> subjects, Map<String, Level> levels) {
    static Content empty() {
      return new Content(new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
    }
  }

  /** A version of a subject. */
  record Version(String subject, int version, int id, String schema) {}

  private static final String GLOBAL = "";

  private final Path file;
  private final Content content;

  Subjects(Path file) {
    this.file = file;
    this.content = Files.exists(file) ? read(file) : Content.empty();
  }

  synchronized int register(String subject, String json) {
    Schema schema = parse(json);
    String text = schema.toString();
    List<Integer> versions = content.subjects.getOrDefault(subject, List.of());
    int id = content.schemas.indexOf(text) + 1;
    if (id > 0 && versions.contains(id)) {
      return id;
    }
    List<String> problems = CompatibilityCheck.problems(level(subject), schema, schemas(versions));
    if (!problems.isEmpty()) {
      throw RegistryError.incompatible(String.join("; ", problems));
    }
    if (id == 0) {
      content.schemas.add(text);
      id = content.schemas.size();
    }
    content.subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
    save();
    return id;
  }

  synchronized Version find(String subject, String json) {
    int id = content.schemas.indexOf(parse(json).toString()) + 1;
    int index = ids(subject).indexOf(id);
    if (index < 0) {
      throw RegistryError.noSchema();
    }
    return version(subject, index + 1);
  }

  synchronized String schema(int id) {
    if (id < 1 || id > content.schemas.size()) {
      throw RegistryError.noSchema();
    }
    return content.schemas.get(id - 1);
  }

  synchronized List<String> names() {
    return List.copyOf(content.subjects.keySet());
  }

  /** How many versions the subject has: they are numbered from 1. */
  synchronized int versions(String subject) {
    return ids(subject).size();
  }

  synchronized Version version(String subject, String number) {
    List<Integer> ids = ids(subject);
    try {
      int version = number.equals("latest") ? ids.size() : Integer.parseInt(number);
      if (version >= 1 && version <= ids.size()) {
        return version(subject, version);
      }
    } catch (NumberFormatException notANumber) {
      throw RegistryError.noVersion(number);
    }
    throw RegistryError.noVersion(number);
  }

  /**
   * What speaks against registering the schema; against one version, or all that the level names.
   */
  synchronized List<String> problems(String subject, String json) {
    return CompatibilityCheck.problems(level(subject), parse(json), schemas(ids(subject)));
  }

  /** The level that holds for the subject. */
  synchronized Level level(String subject) {
    Level global = content.levels.getOrDefault(GLOBAL, DEFAULT_LEVEL);
    return content.levels.getOrDefault(subject, global);
  }

  synchronized Level ownLevel(String subject) {
    Level own = content.levels.get(subject);
    if (own == null) {
      throw RegistryError.noLevel(subject);
    }
    return own;
  }

  synchronized Level globalLevel() {
    return level(GLOBAL);
  }

  synchronized void setGlobalLevel(Level level) {
    setLevel(GLOBAL, level);
  }

  synchronized void setLevel(String subject, Level level) {
    content.levels.put(subject, level);
    save();
  }

  private Version version(String subject, int version) {
    int id = ids(subject).get(version - 1);
    return new Version(subject, version, id, schema(id));
  }

  private List<Integer> ids(String subject) {
    List<Integer> ids = content.subjects.get(subject);
    if (ids == null) {
      throw RegistryError.noSubject(subject);
    }
    return ids;
  }

  private List<Schema> schemas(List<Integer> ids) {
    return ids.stream().map(id -> parse(schema(id))).toList();
  }

  private static Schema parse(String json) {
    try {
      return new Schema.Parser().parse(json);
    } catch (AvroRuntimeException invalid) {
      throw RegistryError.invalidSchema(String.valueOf(invalid.getMessage()));
    }
  }

  private static Content read(Path file) {
    try {
      return JSON.readValue(file.toFile(), new TypeReference<Content>() {});
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private void save() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writeValue(next.toFile(), content);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
