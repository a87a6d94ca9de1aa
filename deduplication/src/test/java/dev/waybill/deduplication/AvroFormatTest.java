package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** With a deserializer that is somebody else's. */
class AvroFormatTest {
  private static final byte[] BYTES = {0, 0, 0, 0, 1, 2};

  @Test
  void registryThatIsAwayIsNotTheValuesFault() {
    SerializationException away =
        new SerializationException("no schema", new ConnectException("refused"));

    assertThatThrownBy(() -> decode((topic, bytes) -> fail(away)))
        .isInstanceOf(UnavailableException.class)
        .hasCause(away);
  }

  /** As Confluent's client says it, in its versions. */
  @Test
  void registryThatAnswersSomethingElseThanAboutTheSchemaIsAwayToo() {
    for (String code : new String[] {"500", "50001", "401", "40101", "403", "429", "503"}) {
      Exception answer = new RestClientException("Unauthorized; error code: " + code);
      for (RuntimeException away :
          new RuntimeException[] {
            new SerializationException("Error retrieving Avro value schema for id 1", answer),
            new InvalidConfigurationException(answer.getMessage()),
            new TimeoutException("Error retrieving Avro value schema for id 1", answer),
            new AuthenticationException("Error retrieving Avro value schema for id 1", answer),
          }) {
        assertThatThrownBy(() -> decode((topic, bytes) -> fail(away)))
            .as("%s %s", code, away)
            .isInstanceOf(UnavailableException.class);
      }
    }
  }

  @Test
  void registrysAnswerMayBeThrownAsItIs() {
    Exception answer = new RestClientException("Unauthorized; error code: 40101");

    assertThatThrownBy(
            () ->
                decode(
                    (topic, bytes) -> {
                      throw Thrown.unchecked(answer);
                    }))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void schemaThatTheRegistryDoesNotKnowIsTheValuesFaultHoweverItIsSaid() {
    Exception answer = new RestClientException("Schema 99 not found; error code: 40403");
    for (RuntimeException unknown :
        new RuntimeException[] {
          new SerializationException("Error retrieving Avro value schema for id 99", answer),
          new InvalidConfigurationException(answer.getMessage()),
        }) {
      assertThatThrownBy(() -> decode((topic, bytes) -> fail(unknown)))
          .isInstanceOf(NotDecodableException.class);
    }
  }

  @Test
  void whatCannotBeDecodedIs() {
    SerializationException bad = new SerializationException("no such schema");

    assertThatThrownBy(() -> decode((topic, bytes) -> fail(bad)))
        .isInstanceOf(NotDecodableException.class)
        .hasMessageContaining("no such schema");
  }

  @Test
  void valueOfAnotherTypeIs() {
    assertThatThrownBy(() -> decode((topic, bytes) -> "text"))
        .isInstanceOf(NotDecodableException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void textOfAValueIsNoAnswerOfTheRegistrys() {
    for (String code : new String[] {"500", "404"}) {
      IllegalArgumentException text =
          new IllegalArgumentException("Invalid UUID string: ; error code: " + code);
      SerializationException bad = new SerializationException(text.getMessage(), text);

      assertThatThrownBy(() -> decode((topic, bytes) -> fail(bad)))
          .isInstanceOf(NotDecodableException.class);
    }
  }

  @Test
  void whatNamesTheSchemaIsNotContent() {
    AvroFormat<Integer> format = new AvroFormat<>((topic, bytes) -> 1, Integer.class);
    byte[] guid = new byte[17];
    guid[0] = 1;

    assertThat(format.contentStart(BYTES, new RecordHeaders())).isEqualTo(5);
    assertThat(format.contentStart(BYTES, new RecordHeaders().add("__value_schema_id", guid)))
        .as("a value that only looks like one with a frame")
        .isZero();
  }

  /** As Confluent's is called. */
  private static final class RestClientException extends Exception {
    RestClientException(String message) {
      super(message);
    }
  }

  private static Object fail(RuntimeException failure) {
    throw failure;
  }

  private static void decode(Deserializer<Object> deserializer) throws NotDecodableException {
    new AvroFormat<>(deserializer, Integer.class)
        .decode("orders.events", new byte[0], BYTES, new RecordHeaders(), 1);
  }
}
