package dev.waybill.relay.lane;

import dev.waybill.relay.RelayListener;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.topic.EventRecords;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The lanes that this instance owns, as the consumer group hands them out. Opens nothing before
 * {@link #start}; {@link #close} stops each lane after its transaction in progress.
 */
public final class Lanes implements AutoCloseable {
  private final LaneOwnership ownership;

  /**
   * Puts the parts of a lane together.
   *
   * @param relay the relay's name: the consumer group, and first part of each transactional id
   * @param clientConfig Kafka client settings that hold for every client, among them the servers
   * @param producers told of each producer that is opened, for its metrics
   */
  public Lanes(
      String relay,
      String cursorTopic,
      Map<String, Object> clientConfig,
      OutboxReader reader,
      EventRecords events,
      Duration pollMax,
      RelayListener listener,
      Consumer<KafkaProducer<?, ?>> producers) {
    CursorTopic cursors = new CursorTopic(cursorTopic, clientConfig);
    LaneProducers laneProducers = new LaneProducers(relay, clientConfig, producers);
    this.ownership =
        new LaneOwnership(
            relay,
            cursorTopic,
            clientConfig,
            lane ->
                new Lane(
                    lane,
                    reader,
                    () -> new LanePublisher(lane, laneProducers, events, cursors, listener),
                    cursors,
                    pollMax,
                    listener));
  }

  public void start() {
    ownership.start();
  }

  /** Whether this instance has joined the group, with lanes or without. */
  public boolean joined() {
    return ownership.isMember();
  }

  @Override
  public void close() {
    ownership.close();
  }
}
