package dev.waybill.proof.relay;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.lane.RelayListener;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The lanes that an instance owns. */
final class Owned implements RelayListener {
  final Set<Integer> lanes = new ConcurrentSkipListSet<>();

  @Override
  public void laneStarted(int lane, @Nullable Cursor cursor) {
    lanes.add(lane);
  }

  @Override
  public void laneStopped(int lane) {
    lanes.remove(lane);
  }
}
