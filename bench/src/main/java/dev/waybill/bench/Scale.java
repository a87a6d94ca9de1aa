package dev.waybill.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rows of a backlog, already in this scale
 * @param share of the full benchmark, above 0, at most 1; below 1 there is one round of each
 * @param largest number of rows of a table that grows, already in this scale
 */
record Scale(int rows, double share, long largest) {

  int rounds(int full) {
    return share < 1 ? 1 : full;
  }

  Duration seconds(int full) {
    return Duration.ofMillis(Math.round(full * share * 1_000));
  }
}
