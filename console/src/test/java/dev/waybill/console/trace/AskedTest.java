package dev.waybill.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AskedTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\u0000b", "a\u001b[2J", "x\u202ey", "a\nb"})
  void whatNoIdCanBeIsRefused(String text) {
    assertThatThrownBy(() -> Asked.parse(text)).isInstanceOf(Asked.NoIdException.class);
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThatThrownBy(() -> Asked.parse("x".repeat(201))).hasMessageContaining("200");
  }

  @Test
  void uuidsAreIds() {
    assertThat(Asked.parse(" 01A20D6D-5a00-7000-8000-00000000000a "))
        .isInstanceOf(Asked.Id.class)
        .hasToString(
            "Id[text=01A20D6D-5a00-7000-8000-00000000000a, id=01a20d6d-5a00-7000-8000-00000000000a]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "4BF92F3577B34DA6A3CE929D0E0E4736",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      })
  void tracesAreFoundByIdAndByTheWholeHeader(String text) {
    assertThat(((Asked.TraceId) Asked.parse(text)).id())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-17", "1-1-1-1-1", "Straße 1/2", "'; DROP TABLE orders; --"})
  void anythingElseIsAKey(String text) {
    assertThat(Asked.parse(text)).isEqualTo(new Asked.Key(text));
  }
}
