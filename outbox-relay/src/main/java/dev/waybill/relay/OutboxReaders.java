package dev.waybill.relay;

import dev.waybill.relay.cursor.Slots;
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
  public OutboxReader open(Slots slots) throws SQLException {
    return OutboxReader.open(database, slots, page, rewind, Clock.systemUTC());
  }
}
