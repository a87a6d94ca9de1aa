package dev.waybill.relay.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorFormatTest {
  private static final Cursor BETWEEN_WINDOWS =
      new Cursor(
          new DatabaseIdentity("7123456789012345678", 3),
          Snapshot.parse("746:748:746"),
          null,
          Instant.parse("2026-01-31T12:00:00.123456Z"),
          0,
          null);
  private static final UUID ID = UUID.fromString("01970000-0000-7000-8000-000000000001");

  @Test
  void readsWhatItWrote() {
    Window window =
        new Window(
            Snapshot.parse("750:9000000000:750"),
            Instant.parse("2026-01-31T12:00:01Z"),
            17,
            9_000_000_000L,
            12);

    for (Cursor cursor :
        new Cursor[] {
          BETWEEN_WINDOWS,
          BETWEEN_WINDOWS.within(window),
          BETWEEN_WINDOWS.past(new Landmark(12, ID)),
          new Cursor(
              BETWEEN_WINDOWS.database(),
              Snapshot.NOTHING,
              window,
              Instant.parse("0001-01-01T00:00:00Z"),
              99,
              new Landmark(12, ID))
        }) {
      assertThat(CursorFormat.decode(CursorFormat.encode(cursor))).isEqualTo(cursor);
    }
  }

  @Test
  void isReadableByPeople() {
    assertThat(new String(CursorFormat.encode(BETWEEN_WINDOWS.past(new Landmark(12, ID))), UTF_8))
        .isEqualTo(
            "{\"v\":1,\"systemIdentifier\":\"7123456789012345678\",\"timeline\":3,"
                + "\"seen\":\"746:748:746\",\"readAt\":\"2026-01-31T12:00:00.123456Z\","
                + "\"landmark\":{\"seq\":12,\"eventId\":\"01970000-0000-7000-8000-000000000001\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{\"v\":1}",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"x\",\"readAt\":\"y\"}",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"1:1:\","
            + "\"readAt\":\"2026-01-31T12:00:00Z\",\"unknown\":1}",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"1:1:\","
            + "\"readAt\":\"2026-01-31T12:00:00Z\",\"window\":{\"afterSeq\":1}}"
      })
  void anythingElseIsUnreadable(String json) {
    assertThatThrownBy(() -> CursorFormat.decode(json.getBytes(UTF_8)))
        .isInstanceOf(UnreadableCursorException.class);
  }

  @Test
  void cursorOfANewerVersionIsUnreadableAndSaysSo() {
    assertThatThrownBy(() -> CursorFormat.decode("{\"v\":2,\"any\":\"thing\"}".getBytes(UTF_8)))
        .isInstanceOf(UnreadableCursorException.class)
        .hasMessageContaining("version 2 instead of 1");
  }
}
