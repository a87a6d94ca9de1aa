package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** With a deserializer that is somebody else's. */
class AvroFormatTest {
  private static final byte[] BYTES = {0, 0, 0, 0, 1, 2};

  @Test
  void registryThatIsAwayIsNotTheValuesFault() {
    SerializationException away =
        new SerializationException("no schema", new ConnectException("refused"));

    assertThatThrownBy(() -> decode((topic, bytes) -> fail(away))).isSameAs(away);
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

  private static Object fail(SerializationException failure) {
    throw failure;
  }

  private static void decode(Deserializer<Object> deserializer) throws NotDecodableException {
    new AvroFormat<>(deserializer, Integer.class).decode("orders.events", new byte[0], BYTES);
  }
}
