package dev.waybill.stack.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON file in which a registry is kept, written whole at each change. */
record RegistryFile(Path path) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What is in it.
   *
   * @param schemas in order of id, from 1
   * @param subjects each subject's ids by version, see {@link Versions}
   * @param deleted each subject's deleted versions; not there in files of earlier days
   * @param levels by subject
   */
  record Content(
      List<String> schemas,
      Map<String, List<Integer>> subjects,
      Map<String, Set<Integer>> deleted,
      Map<String, Level> levels) {
    @JsonCreator
    static Content of(
        @JsonProperty("schemas") List<String> schemas,
        @JsonProperty("subjects") Map<String, List<Integer>> subjects,
        @JsonProperty("deleted") @Nullable Map<String, Set<Integer>> deleted,
        @JsonProperty("levels") Map<String, Level> levels) {
      return new Content(schemas, subjects, deleted == null ? new TreeMap<>() : deleted, levels);
    }
  }

  Content read() {
    if (!Files.exists(path)) {
      return new Content(new ArrayList<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
    try {
      return JSON.readValue(path.toFile(), new TypeReference<Content>() {});
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + path, failure);
    }
  }

  void write(Content content) {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      JSON.writeValue(next.toFile(), content);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + path, failure);
    }
  }
}
