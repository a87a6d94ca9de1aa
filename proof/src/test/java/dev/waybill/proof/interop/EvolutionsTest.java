package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.waybill.proof.servers.Servers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What registries answer to the evolutions that the gate is tested with: the same, but where the
 * table says "registry" and why. The gate never lets pass what a registry would refuse.
 */
@ExtendWith(Servers.class)
final class EvolutionsTest {

  static Stream<Arguments> evolutions() throws IOException {
    try (InputStream table = EvolutionsTest.class.getResourceAsStream("/evolutions.json")) {
      JsonNode rows = JsonMapper.builder().build().readTree(Objects.requireNonNull(table));
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> Arguments.of(row.path("name").asText(), row));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("evolutions")
  void registryAnswersAsTheGateOrTheTableSaysWhyNot(String name, JsonNode evolution)
      throws Exception {
    String subject = Servers.newName() + "-value";
    RegistryHttp.setLevel(subject, "NONE");
    for (JsonNode version : evolution.path("from")) {
      RegistryHttp.register(subject, schema(version));
    }
    String level = evolution.path("level").asText("FULL_TRANSITIVE");
    RegistryHttp.setLevel(subject, level);

    boolean gate = evolution.path("problems").isEmpty();
    boolean expected =
        evolution.has("registry") ? evolution.path("registry").asText().equals("compatible") : gate;
    assertThat(expected || !gate).as("what the gate lets pass, a registry takes").isTrue();
    assertThat(RegistryHttp.isCompatible(subject, level, schema(evolution.path("to"))))
        .as("%s: %s", name, evolution)
        .isEqualTo(expected);
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
}
