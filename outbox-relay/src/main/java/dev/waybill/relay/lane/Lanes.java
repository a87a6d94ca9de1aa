package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.topic.EventRecords;
import dev.waybill.relay.topic.RelayTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
   * @param events the topic of the events
   * @param topicsProblem what has changed about the topics since the start; empty when nothing has
   */
  public record KafkaSide(
      String relay,
      @Nullable String instance,
      Duration sessionTimeout,
      String cursorTopic,
      Map<String, Object> clientConfig,
      RelayTopic events,
      Supplier<Optional<String>> topicsProblem) {}

  /** Connects a reader to the rows of some slots. */
  @FunctionalInterface
  public interface Readers {
    OutboxReader open(Slots slots) throws SQLException;
  }

  private final LayoutWatch watch;
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
    CursorTopic cursors = new CursorTopic(kafka);
    this.watch = new LayoutWatch(cursors);
    LaneParts parts =
        new LaneParts(
            readers,
            new LaneProducers(kafka, List.of(), metrics),
            events,
            cursors,
            watch,
            new LaneChange(kafka),
            kafka.topicsProblem(),
            pollMax,
            listener);
    this.ownership =
        new LaneOwnership(
            kafka,
            watch,
            metrics,
            listener,
            (lane, membership) -> new Lane(lane, parts, membership, listener));
  }

  /** Whose the group is when it is not the relay's; empty when that is not known. Blocks. */
  public Optional<String> clash() {
    return ownership.clash();
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
    watch.close();
  }
}
