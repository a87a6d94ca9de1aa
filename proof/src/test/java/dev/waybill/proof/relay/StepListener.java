package dev.waybill.proof.relay;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.Page;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Told of each step of which a page with rows takes part. */
abstract class StepListener implements RelayListener {

  abstract void reached(Step step);

  @Override
  public final void laneStarted(int lane, @Nullable Cursor cursor) {
    reached(Step.LANE_STARTED);
  }

  @Override
  public final void pageRead(int lane, Page page, Duration took) {
    if (!page.rows().isEmpty()) {
      reached(Step.PAGE_READ);
    }
  }

  @Override
  public final void transactionBegun(int lane, Page page) {
    reached(Step.TRANSACTION_BEGUN);
  }

  @Override
  public final void recordsSent(int lane, Page page) {
    reached(Step.RECORDS_SENT);
  }

  @Override
  public final void cursorSent(int lane, Page page) {
    reached(Step.CURSOR_SENT);
  }

  @Override
  public final void committed(int lane, Page page, Duration took) {
    reached(Step.COMMITTED);
  }
}
