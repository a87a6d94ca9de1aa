package dev.waybill.console.systems;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** PostgreSQL's {@code pg_snapshot}, as a relay's cursor has it. */
record Snapshot(long xmin, long xmax, Set<Long> inProgress) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):(\\d{1,18}):((?:\\d{1,18},?)*)");

  /** Before every transaction: of a lane that has no cursor. */
  static final Snapshot NOTHING = new Snapshot(1, 1, Set.of());

  /**
   * Reads {@code xmin:xmax:xip,xip}.
   *
   * @throws AwayException when the text is none
   */
  static Snapshot parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new AwayException("the relay", "its cursor is no snapshot");
    }
    Set<Long> open =
        Arrays.stream(matcher.group(3).split(","))
            .filter(one -> !one.isEmpty())
            .map(Long::valueOf)
            .collect(Collectors.toSet());
    return new Snapshot(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), open);
  }

  /** Whether what the transaction committed can be seen. */
  boolean shows(long xid) {
    return xid < xmin || (xid < xmax && !inProgress.contains(xid));
  }
}
