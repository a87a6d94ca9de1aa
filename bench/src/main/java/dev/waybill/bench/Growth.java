package dev.waybill.bench;

import dev.waybill.bench.GrowingTable.Cost;
import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import dev.waybill.relay.source.OutboxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What the relay's own reader pays in a table that has grown: for a poll that finds nothing, for a
 * page of new rows, for a page in the middle of a large window, and for the rows of one transaction
 * that stayed open while the table grew, so that its rows, one in a hundred, lie everywhere between
 * the others.
 */
final class Growth implements Measurement {
  private static final String NAME = "growth";

  /** Fewer than a page takes. */
  private static final int FRESH_ROWS = 4_000;

  private static final int READS = 20;
  private static final int POLLS = 2_000;

  /** What counts as flat, beside the smallest table; one level more of an index is in it. */
  private static final double MOST_GROWTH = 1.5;

  /** What a row costs on the disk with its index entries and PostgreSQL's log, generously. */
  private static final long ROW_BYTES = 500;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    List<Costs> all = new ArrayList<>();
    Database database = stage.newDatabase(NAME);
    GrowingTable table = new GrowingTable(database);
    Cursor empty;
    try (OutboxReader reader = PollCost.reader(database)) {
      empty = reader.read(null).next();
    }
    for (long rows : sizes(stage)) {
      Costs costs = measure(table, empty, rows);
      stage.progress().say("%s", costs);
      all.add(costs);
    }
    stage.drop(database);
    return results(all);
  }

  private static List<Long> sizes(Stage stage) throws IOException {
    long free = Files.getFileStore(stage.folder()).getUsableSpace();
    List<Long> wanted = sizes(stage.scale().largest());
    List<Long> possible = wanted.stream().filter(rows -> rows * ROW_BYTES < free).toList();
    if (possible.size() < wanted.size()) {
      stage.progress().say("%,d MB of disk are free: no more than %s rows", free >> 20, possible);
    }
    return possible;
  }

  /** The powers of ten from a million on, or, if that is less, the largest alone. */
  static List<Long> sizes(long largest) {
    List<Long> sizes =
        LongStream.iterate(1_000_000, rows -> rows <= largest, rows -> rows * 10).boxed().toList();
    return sizes.isEmpty() ? List.of(largest) : sizes;
  }

  private record Costs(long rows, Cost poll, Cost fresh, Cost dense, Cost late) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d rows: poll %.2f ms, fresh page %.1f ms, page of a window %.1f ms, %d pages of late"
              + " rows %.1f ms each",
          rows,
          poll.millis(),
          fresh.millis(),
          dense.millis(),
          late.reads(),
          late.millis());
    }
  }

  private static Costs measure(GrowingTable table, Cursor empty, long rows) throws Exception {
    Cursor beforeLate;
    try (GrowingTable.Late late = table.growTo(rows)) {
      beforeLate = empty.at(table.snapshot(), Instant.now());
      late.commit();
    }
    Cost late = table.cost(reader -> pages(reader, beforeLate));
    Snapshot now = table.snapshot();
    Cursor current = empty.at(now, Instant.now());
    Cost poll = table.cost(reader -> repeat(reader, current, POLLS));
    Window half = new Window(now, Instant.now(), rows / 2, rows, 1);
    Cost dense = table.cost(reader -> repeat(reader, empty.within(half), READS));
    table.grow(FRESH_ROWS);
    Cost fresh = table.cost(reader -> repeat(reader, current, READS));
    return new Costs(rows, poll, fresh, dense, late);
  }

  /** The time of each page until there is no more. */
  private static List<Double> pages(OutboxReader reader, Cursor from) throws SQLException {
    List<Double> millis = new ArrayList<>();
    Cursor cursor = from;
    do {
      long begun = System.nanoTime();
      cursor = reader.read(cursor).next();
      millis.add((System.nanoTime() - begun) / 1e6);
    } while (cursor.window() != null);
    return millis;
  }

  /** The time of the same read, again and again. */
  private static List<Double> repeat(OutboxReader reader, Cursor from, int times)
      throws SQLException {
    List<Double> millis = new ArrayList<>();
    for (int read = 0; read < times; read++) {
      long begun = System.nanoTime();
      reader.read(from);
      millis.add((System.nanoTime() - begun) / 1e6);
    }
    return millis;
  }

  private static List<Result> results(List<Costs> all) {
    List<Result> results = new ArrayList<>();
    for (Costs costs : all) {
      Costs first = all.get(0);
      results.addAll(lines("idle poll", costs, first, Costs::poll));
      results.addAll(lines("page of new rows", costs, first, Costs::fresh));
      results.addAll(lines("page of a large window", costs, first, Costs::dense));
      results.addAll(lines("page of late rows", costs, first, Costs::late));
    }
    return results;
  }

  /** Beside the smallest table, once there is a larger one. */
  private static List<Result> lines(
      String what, Costs costs, Costs first, Function<Costs, Cost> read) {
    String in = String.format(Locale.ROOT, "%s, %,d rows", what, costs.rows);
    String pages = in + ", buffers";
    Cost here = read.apply(costs);
    if (costs.rows == first.rows) {
      return List.of(
          Result.of(NAME, in, here.millis(), "ms"),
          Result.of(NAME, pages, here.buffers(), "pages"));
    }
    Cost there = read.apply(first);
    String beside = String.format(Locale.ROOT, "%,d rows", first.rows);
    return List.of(
        Result.of(NAME, in, compared(here.millis(), there.millis()), "ms", beside)
            .against(Target.below(MOST_GROWTH, "")),
        Result.of(NAME, pages, compared(here.buffers(), there.buffers()), "pages", beside)
            .against(Target.below(MOST_GROWTH, "")));
  }

  private static Compared compared(double here, double there) {
    return Compared.of(List.of(here), List.of(there));
  }
}
