package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a lane still has.
 *
 * @param now the snapshot that shows them
 * @param first no row that is to be read has a lower seq; null when there is none
 * @param last no row has a higher seq
 * @param importedSeq the highest seq of those whose transaction number lies in the future, else 0
 * @param newest the highest transaction number of the others, else 0
 */
record Retained(Snapshot now, @Nullable Long first, long last, long importedSeq, long newest) {

  /** Without the rows before a seq. */
  Retained from(long seq) {
    return new Retained(now, seq > last ? null : seq, last, importedSeq, newest);
  }

  /** With the highest seq of the rows that a dump brought. */
  Retained imported(long seq) {
    return new Retained(now, first, last, seq, newest);
  }
}
