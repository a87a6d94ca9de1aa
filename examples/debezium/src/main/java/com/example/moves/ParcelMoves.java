package com.example.moves;

import dev.waybill.deduplication.DecisionListener;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.EventHeaders;
import dev.waybill.deduplication.StartCheck;
import dev.waybill.deduplication.StreamDeduplication;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/** Counts how often each parcel was moved: each event once, however often Debezium sends it. */
public final class ParcelMoves {
  private static final Serde<String> TEXT = Serdes.String();

  static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings(
          "moves", "outbox.event.parcel", "moves.dead-letters", Duration.ofDays(7));

  private final StreamDeduplication<String, String> deduplication;

  ParcelMoves(DecisionListener listener) {
    deduplication =
        new StreamDeduplication<>(
            SETTINGS, TEXT, TEXT, EventHeaders.debezium().withType("eventType"), listener);
  }

  Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    deduplication
        .newEvents(builder.stream(SETTINGS.topic(), Consumed.with(TEXT, TEXT)))
        .filter((parcelId, event) -> event.type().equals("ParcelMoved"))
        .mapValues(event -> event.value())
        .groupByKey(Grouped.with(TEXT, TEXT))
        .count(Materialized.as("moves-of-parcels"))
        .toStream()
        .to("parcels.moves", Produced.with(TEXT, Serdes.Long()));
    return builder.build();
  }

  /** Runs until it is killed. StartCheck names what is missing or wrong, such as a topic. */
  public static void main(String[] args) throws Exception {
    ParcelMoves moves =
        new ParcelMoves(
            (decision, key, source) -> System.out.println(source.offset() + ": " + decision));
    Topology topology = moves.topology();
    Properties config = new Properties();
    config.putAll(moves.deduplication.streamsConfig());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "parcel-moves");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, System.getenv("KAFKA_BOOTSTRAP_SERVERS"));
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.STATE_DIR_CONFIG, "target/state");
    try (Admin admin = Admin.create(config)) {
      StartCheck.verify(SETTINGS, topology, config, admin);
    }
    KafkaStreams streams = new KafkaStreams(topology, config);
    streams.setUncaughtExceptionHandler(
        failure -> StreamThreadExceptionResponse.REPLACE_THREAD); // something is away: again
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }
}
