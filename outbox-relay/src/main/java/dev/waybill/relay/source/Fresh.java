package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Snapshot;
import java.util.List;

/**
 * What became visible since a snapshot.
 *
 * @param now the snapshot that shows it
 * @param fits whether it is no more than a page; if not, the rows are left out
 * @param rows in ascending seq
 * @param newest the highest transaction number among the rows, 0 when there is none
 */
record Fresh(Snapshot now, boolean fits, List<OutboxRow> rows, long newest) {}
