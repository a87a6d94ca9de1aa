package dev.waybill.relay.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  private static final List<WaitingAggregate> WAITING =
      List.of(
          new WaitingAggregate(
              "a", 3, UUID.randomUUID(), Instant.parse("2026-01-31T12:00:00Z"), "other", "why"),
          new WaitingAggregate("b", 4, UUID.randomUUID(), null, "other", "x".repeat(1_000)));
  private static final Layout LAYOUT = new Layout(5, 4);
  private static final PublishedTopic TOPIC = new PublishedTopic("events", "Zv", 6);
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
      for (PublishedTopic topic : new PublishedTopic[] {null, TOPIC}) {
        for (List<WaitingAggregate> waiting : List.of(List.<WaitingAggregate>of(), WAITING)) {
          for (List<UUID> quarantined : List.of(List.<UUID>of(), List.of(ID))) {
            LaneCursor whole =
                new LaneCursor(LAYOUT, LAYOUT.slots(2), cursor, topic, waiting, quarantined);
            Part begins = new Part(new Slots(0, 9), null);
            LaneCursor joining =
                new LaneCursor(
                    LAYOUT,
                    List.of(begins, whole.parts().get(0)),
                    topic,
                    waiting,
                    quarantined,
                    false);
            for (LaneCursor stored : List.of(whole, joining, joining.close())) {
              assertThat(CursorFormat.decode(CursorFormat.encode(stored), 2)).isEqualTo(stored);
            }
          }
        }
      }
    }
  }

  @Test
  void readsWhatAVersionWithoutSlotsWrote() {
    String old =
        "{\"v\":1,\"systemIdentifier\":\"7123456789012345678\",\"timeline\":3,"
            + "\"seen\":\"746:748:746\",\"readAt\":\"2026-01-31T12:00:00.123456Z\","
            + "\"quarantined\":[\"01970000-0000-7000-8000-000000000001\"]}";

    LaneCursor read = CursorFormat.decode(old.getBytes(UTF_8), 3);

    assertThat(read.layout().generation()).isZero();
    assertThat(read.parts()).containsExactly(new Part(new Slots(3, 4), BETWEEN_WINDOWS));
    assertThat(read.quarantined()).containsExactly(ID);
  }

  @Test
  void readsTheLayoutThatItWrote() {
    for (Layout layout : List.of(LAYOUT, LAYOUT.next(2))) {
      assertThat(CursorFormat.decodeLayout(CursorFormat.encode(layout))).isEqualTo(layout);
    }
  }

  @Test
  void isReadableByPeople() {
    LaneCursor stored =
        new LaneCursor(
            LAYOUT,
            LAYOUT.slots(2),
            BETWEEN_WINDOWS.past(new Landmark(12, ID)),
            TOPIC,
            List.of(),
            List.of(ID));

    assertThat(new String(CursorFormat.encode(stored), UTF_8))
        .isEqualTo(
            "{\"v\":2,\"generation\":5,\"lanes\":4,\"parts\":[{\"slots\":[128,192],\"cursor\":{"
                + "\"systemIdentifier\":\"7123456789012345678\",\"timeline\":3,"
                + "\"seen\":\"746:748:746\",\"readAt\":\"2026-01-31T12:00:00.123456Z\","
                + "\"landmark\":{\"seq\":12,\"eventId\":\"01970000-0000-7000-8000-000000000001\"}}}],"
                + "\"topic\":{\"name\":\"events\",\"id\":\"Zv\",\"partitions\":6},"
                + "\"quarantined\":[\"01970000-0000-7000-8000-000000000001\"]}");
  }

  @Test
  void eventThatIsLetPassIsRememberedAndWhatIsBehindItComesNext() {
    LaneCursor cursor =
        new LaneCursor(LAYOUT, LAYOUT.slots(2), BETWEEN_WINDOWS, TOPIC, WAITING, List.of(ID));
    WaitingAggregate refused = WAITING.get(1);

    LaneCursor next = cursor.letPass(refused);

    assertThat(next.position()).isEqualTo(BETWEEN_WINDOWS);
    assertThat(next.quarantined()).containsExactly(ID, refused.eventId());
    assertThat(next.waiting().get(0)).isEqualTo(WAITING.get(0));
    assertThat(next.waiting().get(1).firstSeq()).isEqualTo(5);
    assertThat(next.waiting().get(1).reason())
        .isEqualTo("event " + refused.eventId() + " is quarantined, those behind it come next");
  }

  @Test
  void ofManyQuarantinedEventsTheNewestAreRemembered() {
    LaneCursor cursor =
        new LaneCursor(LAYOUT, LAYOUT.slots(2), BETWEEN_WINDOWS, TOPIC, List.of(), List.of(ID));
    for (int i = 0; i < LaneCursor.REMEMBERED; i++) {
      cursor = cursor.letPass(new WaitingAggregate("a", i, new UUID(7, i), null, "other", "why"));
    }

    assertThat(cursor.quarantined())
        .hasSize(LaneCursor.REMEMBERED)
        .doesNotContain(ID)
        .endsWith(new UUID(7, LaneCursor.REMEMBERED - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{\"v\":2,\"generation\":1,\"lanes\":1}",
        "{\"v\":2,\"generation\":1,\"lanes\":1,\"parts\":[]}",
        "{\"v\":2,\"generation\":1,\"lanes\":1,\"parts\":[{\"slots\":[1]}]}",
        "{\"v\":2,\"generation\":1,\"lanes\":1,\"parts\":[{\"slots\":[2,1]}]}",
        "{\"v\":2,\"lanes\":1,\"parts\":[{\"slots\":[0,1]}]}",
        "{\"v\":1}",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"x\",\"readAt\":\"y\"}",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"1:1:\","
            + "\"readAt\":\"2026-01-31T12:00:00Z\",\"unknown\":1}",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"1:1:\","
            + "\"readAt\":\"2026-01-31T12:00:00Z\",\"window\":{\"afterSeq\":1}}"
      })
  void anythingElseIsUnreadable(String json) {
    assertThatThrownBy(() -> CursorFormat.decode(json.getBytes(UTF_8), 0))
        .isInstanceOf(UnreadableCursorException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | the record's value is empty; a deleted cursor is a record without a value",
        "null | a deleted cursor is a record without a value",
        "{} | it has no version",
        "{\"v\":null} | version null instead of 2",
        "{\"v\":\"1\"} | version \"1\" instead of 2",
        "{\"v\":1,\"timeline\":1} | it has no systemIdentifier",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":null} | null",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"seen\":\"1:1:\"} | timeline",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":null} | it has no seen",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"1:1:\"} | it has no readAt",
        "{\"v\":1,\"systemIdentifier\":\"7\",\"timeline\":1,\"seen\":\"1:1:\",\"readAt\":"
            + "\"2026-01-31T12:00:00Z\",\"landmark\":{\"seq\":1}} | eventId"
      })
  void whatIsMissingIsNamedAndNeverTakenForZero(String json, String says) {
    assertThatThrownBy(() -> CursorFormat.decode(json.getBytes(UTF_8), 0))
        .isInstanceOf(UnreadableCursorException.class)
        .hasMessageContaining(says);
  }

  @Test
  void cursorOfANewerVersionIsUnreadableAndSaysSo() {
    assertThatThrownBy(() -> CursorFormat.decode("{\"v\":3,\"any\":\"thing\"}".getBytes(UTF_8), 0))
        .isInstanceOf(UnreadableCursorException.class)
        .hasMessageContaining("version 3 instead of 2");
  }
}
