package dev.waybill.relay;

import dev.waybill.relay.lane.Lanes;
import dev.waybill.relay.source.OutboxDatabase;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.PageLimits;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** Connects the lanes to the outbox of the settings. */
record OutboxReaders(OutboxDatabase database, PageLimits page, Duration rewind)
    implements Lanes.Readers {

  @Override
  public OutboxReader open(int lane) throws SQLException {
    return OutboxReader.open(database, lane, page, rewind, Clock.systemUTC());
  }
}
