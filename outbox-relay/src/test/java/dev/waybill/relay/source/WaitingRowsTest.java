package dev.waybill.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.WaitingAggregate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever the sizes, an aggregate's rows that wait are found once each, in order, to the last. */
@ExtendWith(SharedServer.class)
final class WaitingRowsTest {
  private static final int PAGE_BYTES = 1_000;

  @Test
  void rowsThatFillSeveralPagesAreAllFound() throws Exception {
    for (int version = 1; version <= 120; version++) {
      insert("waits", version, version % 7 == 0 ? 3 * PAGE_BYTES : 300);
      insert("other", version, 10);
    }

    assertThat(released("waits", 50, null)).isEqualTo(versions(1, 120));
    assertThat(released("waits", 1, null)).isEqualTo(versions(1, 120));
    assertThat(released("nobody", 50, null)).isEmpty();
  }

  @Test
  void insideAWindowOnlyWhatIsPassedIsFound() throws Exception {
    for (int version = 1; version <= 10; version++) {
      insert("waits", version, 400);
    }
    Cursor inside = behindTheFirstPage();
    assertThat(inside.window()).isNotNull();

    List<Integer> passed = released("waits", 50, inside);

    assertThat(passed).isNotEmpty().isEqualTo(versions(1, passed.size())).hasSizeLessThan(10);
  }

  @Test
  void rowOfAnIdThatIsTooLongIsFoundUnderTheNameThatItWaitsUnder() throws Exception {
    String id = "k".repeat(70_000);
    insert(id, 1, 10);
    try (OutboxReader reader = open()) {
      Page page = reader.read(null);
      OutboxRow row = page.rows().get(0);
      assertThat(row.flaw()).contains("aggregate_id");

      String name = new String(row.aggregateId(), UTF_8);
      assertThat(reader.head(page.next(), waiting(name, row.seq()))).isPresent();
      assertThat(reader.waiting(page.next(), waiting(name, Long.MIN_VALUE), 50).rows()).hasSize(1);
    }
  }

  /**
   * As the lane does it: some, then from the one behind them on.
   *
   * @param cursor null for one that has passed all
   */
  private static List<Integer> released(String aggregate, int most, @Nullable Cursor cursor)
      throws SQLException {
    List<Integer> versions = new ArrayList<>();
    try (OutboxReader reader = open()) {
      Cursor passed = cursor == null ? drained(reader) : cursor;
      long from = Long.MIN_VALUE;
      while (true) {
        WaitingRows waiting = reader.waiting(passed, waiting(aggregate, from), most);
        waiting.rows().forEach(row -> versions.add((int) row.aggregateVersion()));
        OutboxRow more = waiting.more();
        if (more == null) {
          return versions;
        }
        from = more.seq();
      }
    }
  }

  private static Cursor behindTheFirstPage() throws SQLException {
    try (OutboxReader reader = open()) {
      return reader.read(null).next();
    }
  }

  private static Cursor drained(OutboxReader reader) throws SQLException {
    Page page = reader.read(null);
    while (page.next().window() != null) {
      page = reader.read(page.next());
    }
    return page.next();
  }

  private static OutboxReader open() throws SQLException {
    return OutboxReader.open(
        SharedServer.outbox(),
        Slots.ALL,
        new PageLimits(100, PAGE_BYTES),
        Duration.ofHours(1),
        Clock.systemUTC());
  }

  private static WaitingAggregate waiting(String aggregate, long firstSeq) {
    return new WaitingAggregate(
        aggregate, firstSeq, UUID.randomUUID(), null, "event_refused", "too large");
  }

  private static void insert(String aggregate, int version, int bytes) throws SQLException {
    SharedServer.execute(
        """
        INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                  event_type, schema_id, payload)
        VALUES (0, gen_random_uuid(), 'thing', '%s', %s, 'Happened', 1,
                convert_to(repeat('x', %s), 'UTF8'))
        """
            .formatted(aggregate, version, bytes));
  }

  private static List<Integer> versions(int first, int last) {
    List<Integer> versions = new ArrayList<>();
    for (int version = first; version <= last; version++) {
      versions.add(version);
    }
    return versions;
  }
}
