package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
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

  @Test
  void anyTextIsAnIdWhereItIsWelcome() {
    UUID random = UUID.fromString("0e4d6f58-2b3e-4c0e-9a57-1c2d3e4f5a6b");
    assertThat(EventId.of(random.toString().getBytes(UTF_8))).isEqualTo(random);
    assertThat(EventId.of(random.toString().toUpperCase(Locale.ROOT).getBytes(UTF_8)))
        .isEqualTo(random);

    UUID named = EventId.of("order-42".getBytes(UTF_8));
    assertThat(named.version()).isEqualTo(8);
    assertThat(named.variant()).isEqualTo(2);
    assertThat(EventId.of("order-42".getBytes(UTF_8))).isEqualTo(named);
    assertThat(EventId.of("order-43".getBytes(UTF_8))).isNotEqualTo(named);
    assertThat(EventId.hasTime(named)).isFalse();
  }
}
