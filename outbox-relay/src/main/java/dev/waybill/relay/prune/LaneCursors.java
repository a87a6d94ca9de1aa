package dev.waybill.relay.prune;

import dev.waybill.relay.cursor.LaneCursor;
import java.util.Optional;

/** Where the lanes stand. */
@FunctionalInterface
public interface LaneCursors {

  /**
   * A cursor that the lane has committed; empty when it has none.
   *
   * @throws dev.waybill.relay.cursor.UnreadableCursorException when it is of a newer version
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   */
  Optional<LaneCursor> of(int lane);
}
