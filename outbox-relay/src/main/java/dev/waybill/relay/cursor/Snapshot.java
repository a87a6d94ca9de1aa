package dev.waybill.relay.cursor;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which transactions a read could see: PostgreSQL's {@code pg_snapshot}.
 *
 * <p>Everything below {@code xmin} was finished, everything from {@code xmax} on had not begun, and
 * {@code inProgress} names those between that were still open. See <a
 * href="https://www.postgresql.org/docs/18/functions-info.html#FUNCTIONS-PG-SNAPSHOT">PostgreSQL's
 * documentation</a>.
 *
 * @param xmin the oldest transaction in progress, 1 or more
 * @param xmax one past the newest finished transaction, at least {@code xmin}
 * @param inProgress from {@code xmin} to {@code xmax} exclusive, ascending
 */
public record Snapshot(long xmin, long xmax, List<Long> inProgress) {

  /** Before every transaction: what a relay has seen that never read. */
  public static final Snapshot NOTHING = new Snapshot(1, 1, List.of());

  /** After every transaction, those included whose numbers were not given out yet. */
  public static final Snapshot EVERYTHING = new Snapshot(Long.MAX_VALUE, Long.MAX_VALUE, List.of());

  private static final Pattern TEXT = Pattern.compile("(\\d{1,19}):(\\d{1,19}):([\\d,]*)");

  public Snapshot {
    inProgress = List.copyOf(inProgress);
    if (xmin < 1 || xmax < xmin) {
      throw new IllegalArgumentException("not a snapshot: xmin " + xmin + ", xmax " + xmax);
    }
  }

  /**
   * Reads {@code xmin:xmax:xip,xip}.
   *
   * @throws IllegalArgumentException when the text is not a snapshot
   */
  public static Snapshot parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a snapshot: " + text);
    }
    List<Long> inProgress =
        matcher.group(3).isEmpty()
            ? List.of()
            : Arrays.stream(matcher.group(3).split(",", -1)).map(Long::valueOf).toList();
    return new Snapshot(
        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), inProgress);
  }

  /** The same as far as transactions below a number go; those from it on count as not begun. */
  public Snapshot before(long number) {
    if (number >= xmax) {
      return this;
    }
    long end = Math.max(number, NOTHING.xmax);
    return new Snapshot(
        Math.min(xmin, end), end, inProgress.stream().filter(xid -> xid < end).toList());
  }

  /** The transactions in progress as a PostgreSQL array literal. */
  public String inProgressArray() {
    return inProgress.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  /** {@code xmin:xmax:xip,xip}, as PostgreSQL reads it. */
  @Override
  public String toString() {
    return inProgress.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", xmin + ":" + xmax + ":", ""));
  }
}
