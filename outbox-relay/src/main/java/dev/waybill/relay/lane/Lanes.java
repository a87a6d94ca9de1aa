package dev.waybill.relay.lane;

import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.topic.EventRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that this instance owns, as the consumer group hands them out. Opens nothing before
 * {@link #start}; {@link #close} stops each lane after its transaction in progress.
 */
public final class Lanes implements AutoCloseable {

  /**
   * Kafka as the lanes use it.
   *
   * @param relay the relay's name: the consumer group, and first part of each transactional id
   * @param instance by which the group knows this member again after a restart; null when it does
   *     not
   * @param sessionTimeout after which a member that is gone loses its lanes
   * @param clientConfig settings that hold for every client, among them the servers
   * @param maxMessageBytes the largest record that the topic of the events takes
   */
  public record KafkaSide(
      String relay,
      @Nullable String instance,
      Duration sessionTimeout,
      String cursorTopic,
      Map<String, Object> clientConfig,
      int maxMessageBytes) {}

  /** Connects a reader to a lane. */
  @FunctionalInterface
  public interface Readers {
    OutboxReader open(int lane) throws SQLException;
  }

  private final LaneOwnership ownership;

  /**
   * Puts the parts of a lane together.
   *
   * @param events makes records of the rows of a reader, with the schemas of that reader's database
   */
  public Lanes(
      KafkaSide kafka,
      Readers readers,
      Function<OutboxReader, EventRecords> events,
      Duration pollMax,
      RelayListener listener,
      MeterRegistry metrics) {
    LaneParts parts =
        new LaneParts(
            readers,
            new LaneProducers(
                kafka.relay(), kafka.clientConfig(), kafka.maxMessageBytes(), metrics),
            events,
            new CursorTopic(kafka.relay(), kafka.cursorTopic(), kafka.clientConfig()),
            pollMax,
            listener);
    this.ownership =
        new LaneOwnership(
            kafka, metrics, (lane, membership) -> new Lane(lane, parts, membership, listener));
  }

  public void start() {
    ownership.start();
  }

  /** Why this instance is no member of the group that shares the lanes; empty when it is. */
  public Optional<String> notJoined() {
    return ownership.notJoined();
  }

  /** Why this instance may not go on: another one has its name; empty when none has. */
  public Optional<String> replaced() {
    return ownership.replaced();
  }

  @Override
  public void close() {
    ownership.close();
  }
}
