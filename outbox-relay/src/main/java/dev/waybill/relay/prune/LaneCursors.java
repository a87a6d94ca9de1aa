package dev.waybill.relay.prune;

import dev.waybill.relay.cursor.LaneCursor;
import java.util.List;

/** Where the lanes stand. */
@FunctionalInterface
public interface LaneCursors {

  /**
   * What each lane has committed, lane 0 first; empty when there are no lanes yet.
   *
   * @throws dev.waybill.relay.cursor.UnreadableCursorException when it is of a newer version
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   */
  List<LaneCursor> all();
}
