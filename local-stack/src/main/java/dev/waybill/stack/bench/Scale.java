package dev.waybill.stack.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rows of a backlog
 * @param quick whether everything is a tenth as long, for trying out
 */
record Scale(int rows, boolean quick) {

  int rounds(int full) {
    return quick ? 1 : full;
  }

  Duration seconds(int full) {
    return Duration.ofMillis(full * (quick ? 100L : 1_000L));
  }

  int count(int full) {
    return quick ? full / 10 : full;
  }
}
