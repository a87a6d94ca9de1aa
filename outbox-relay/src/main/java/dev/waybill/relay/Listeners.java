package dev.waybill.relay;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.lane.LaneFailure;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.Page;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells several listeners, in order. */
final class Listeners implements RelayListener {
  private final List<RelayListener> all;

  Listeners(RelayListener first, List<RelayListener> others) {
    this.all = Stream.concat(Stream.of(first), others.stream()).toList();
  }

  @Override
  public void layout(int lanes) {
    all.forEach(one -> one.layout(lanes));
  }

  @Override
  public void laneStarted(int lane, @Nullable Cursor cursor) {
    all.forEach(one -> one.laneStarted(lane, cursor));
  }

  @Override
  public void pageRead(int lane, Page page, Duration took) {
    all.forEach(one -> one.pageRead(lane, page, took));
  }

  @Override
  public void transactionBegun(int lane, Page page) {
    all.forEach(one -> one.transactionBegun(lane, page));
  }

  @Override
  public void recordsSent(int lane, Page page) {
    all.forEach(one -> one.recordsSent(lane, page));
  }

  @Override
  public void cursorSent(int lane, Page page) {
    all.forEach(one -> one.cursorSent(lane, page));
  }

  @Override
  public void committed(int lane, Page page, Duration took) {
    all.forEach(one -> one.committed(lane, page, took));
  }

  @Override
  public void waiting(int lane, List<WaitingAggregate> aggregates) {
    all.forEach(one -> one.waiting(lane, aggregates));
  }

  @Override
  public void quarantined(int lane, List<UUID> events) {
    all.forEach(one -> one.quarantined(lane, events));
  }

  @Override
  public void laneRetries(int lane, LaneFailure failure, Duration pause) {
    all.forEach(one -> one.laneRetries(lane, failure, pause));
  }

  @Override
  public void laneFenced(int lane) {
    all.forEach(one -> one.laneFenced(lane));
  }

  @Override
  public void laneStopped(int lane) {
    all.forEach(one -> one.laneStopped(lane));
  }
}
