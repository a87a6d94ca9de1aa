package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdTest {
  @Test
  void idOfVersion7IsReadAsJavaReadsItAndTellsItsTime() {
    String text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"; // RFC 9562, appendix A.6
    UUID id = EventId.parse(text.getBytes(UTF_8));

    assertThat(id).isEqualTo(UUID.fromString(text));
    assertThat(EventId.parse(text.toUpperCase(java.util.Locale.ROOT).getBytes(UTF_8)))
        .isEqualTo(id);
    assertThat(EventId.millis(UUID.fromString(text)))
        .isEqualTo(Instant.parse("2022-02-22T19:22:22Z").toEpochMilli());
  }

  @Test
  void anythingElseIsNoId() {
    for (String text :
        new String[] {
          "",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
          "017f22e279b07cc398c4dc0c0c07398f0000",
          "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
          "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",
          "017f22g2-79b0-7cc3-98c4-dc0c0c07398f",
          "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
          "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        }) {
      assertThat(EventId.parse(text.getBytes(UTF_8))).as(text).isNull();
    }
  }
}
