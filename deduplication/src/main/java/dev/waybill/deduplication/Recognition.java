package dev.waybill.deduplication;

import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;

/**
 * What stands between a topic and the processors of its events: {@link Deduplication}, or, to
 * measure what that costs, {@link PassThrough}.
 */
public interface Recognition<V> {

  /**
   * Adds source, recognition and dead letters to the topology, each node and store under an
   * explicit name.
   *
   * @return the events that take effect, in the topic's order and under its keys (the stream is
   *     partitioned as the topic is), each with the record's headers and timestamp
   */
  KStream<byte[], NewEvent<V>> newEvents(StreamsBuilder builder);
}
