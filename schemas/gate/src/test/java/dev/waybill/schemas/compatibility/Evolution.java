package dev.waybill.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * A row of {@code evolutions.json}: versions of a schema, the next one, and what the gate says. A
 * list stands for the fields of {@code com.example.Thing}.
 */
record Evolution(String name, Level level, List<String> from, String to, List<String> problems) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static List<Evolution> all() {
    try (InputStream table = Evolution.class.getResourceAsStream("/evolutions.json")) {
      return StreamSupport.stream(JSON.readTree(Objects.requireNonNull(table)).spliterator(), false)
          .map(Evolution::of)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Evolution of(JsonNode row) {
    List<String> from = new ArrayList<>();
    row.path("from").forEach(version -> from.add(schema(version)));
    List<String> problems = new ArrayList<>();
    row.path("problems").forEach(problem -> problems.add(problem.asText()));
    return new Evolution(
        row.path("name").asText(),
        Level.valueOf(row.path("level").asText(Level.FULL_TRANSITIVE.name())),
        from,
        schema(row.path("to")),
        problems);
  }

  private static String schema(JsonNode written) {
    return written.isObject()
        ? written.toString()
        : JsonNodeFactory.instance
            .objectNode()
            .put("type", "record")
            .put("name", "com.example.Thing")
            .set("fields", written)
            .toString();
  }

  /** What the gate says, a line for each problem. */
  List<String> found() {
    List<Version> versions = new ArrayList<>();
    try {
      for (String version : from) {
        int number = versions.size() + 1;
        versions.add(new Version(number, SchemaText.released(version, "older"), "older"));
      }
    } catch (InvalidSchemaException invalid) {
      throw new IllegalStateException(invalid);
    }
    try {
      return Compatibility.problems(level, versions, SchemaText.parse(to, "newer"), "newer")
          .stream()
          .map(Evolution::line)
          .toList();
    } catch (InvalidSchemaException invalid) {
      return invalid.problems().stream().map(Evolution::line).toList();
    }
  }

  private static String line(Problem problem) {
    return "%s `%s` %s; instead: %s; backward %s, forward %s"
        .formatted(
            problem.rule(),
            problem.path(),
            problem.what(),
            problem.remedy(),
            problem.backward(),
            problem.forward());
  }

  @Override
  public String toString() {
    return name;
  }
}
