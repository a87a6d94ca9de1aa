package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RegistrySubjectsTest {
  private final FakeRegistry server = new FakeRegistry();
  private final RegistrySubjects subjects =
      new RegistrySubjects(SchemaRegistryConfig.of(server.url()));

  @AfterEach
  void stop() {
    subjects.close();
    server.close();
  }

  @Test
  void versionsAreAskedForEachTime() {
    server.next(200, "[1,2,5]").next(200, "[1]");

    assertThat(subjects.versions("a/b-value")).containsExactly(1, 2, 5);
    assertThat(subjects.versions("a/b-value")).containsExactly(1);
    assertThat(server.requests())
        .extracting(FakeRegistry.Request::rawPath)
        .containsOnly("/subjects/a%2Fb-value/versions");
  }

  @Test
  void subjectThatIsNotThereHasNoVersions() {
    server.next(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");

    assertThat(subjects.versions("a-value")).isEmpty();
  }

  @Test
  void schemaOfAVersionIsTheRegistrysText() {
    server.next(200, "{\"id\":7,\"version\":2,\"schema\":\"\\\"string\\\"\"}");

    assertThat(subjects.schema("a-value", 2)).hasToString("\"string\"");
  }

  @Test
  void newestSchemaOfASubjectIsAskedFor() {
    server
        .next(200, "[1,3]")
        .next(200, "{\"id\":7,\"version\":3,\"schema\":\"\\\"string\\\"\"}")
        .next(404, "{\"error_code\":40401,\"message\":\"no subject\"}");

    assertThat(subjects.newest("a-value")).hasValue(7);
    assertThat(subjects.newest("b-value")).isEmpty();
    assertThat(server.requests())
        .extracting(FakeRegistry.Request::line)
        .startsWith("GET /subjects/a-value/versions", "GET /subjects/a-value/versions/3");
  }

  @Test
  void levelOfTheRegistryHoldsWhereASubjectHasNone() {
    server
        .next(200, "{\"compatibilityLevel\":\"FORWARD\"}")
        .next(404, "{\"error_code\":40408,\"message\":\"no level\"}")
        .next(200, "{\"compatibilityLevel\":\"NONE\"}");

    assertThat(subjects.level("a-value")).isEqualTo("FORWARD");
    assertThat(subjects.level("a-value")).isEqualTo("NONE");
    assertThat(server.requests())
        .extracting(FakeRegistry.Request::line)
        .containsExactly("GET /config/a-value", "GET /config/a-value", "GET /config");
  }

  @Test
  void levelIsSet() {
    server.next(200, "{\"compatibility\":\"FULL\"}");

    subjects.setLevel("a-value", "FULL");

    assertThat(server.requests())
        .singleElement()
        .extracting(FakeRegistry.Request::line)
        .isEqualTo("PUT /config/a-value");
    assertThat(server.requests().get(0).body()).isEqualTo("{\"compatibility\":\"FULL\"}");
  }

  @Test
  void whatIsNoAnswerOfARegistryIsRefused() {
    server.next(401, "{\"error_code\":401,\"message\":\"who are you\"}").next(200, "[\"one\"]");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> subjects.versions("a-value"))
        .withMessageContaining("who are you");
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> subjects.versions("a-value"))
        .withMessageContaining("what is no number");
  }
}
