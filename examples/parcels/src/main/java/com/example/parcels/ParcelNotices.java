package com.example.parcels;

import dev.waybill.deduplication.AvroFormat;
import dev.waybill.deduplication.DecisionListener;
import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.StartCheck;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Produced;

/** System B: one notice for each event of a parcel, however often it arrives. */
public final class ParcelNotices {
  static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings(
          "parcels", "parcels.events", "parcels.dead-letters", Duration.ofDays(7));

  private final Deduplication<Parcel> deduplication;

  ParcelNotices(Deserializer<Parcel> parcels, DecisionListener listener) {
    deduplication =
        new Deduplication<>(SETTINGS, new AvroFormat<>(parcels, Parcel.class), listener);
  }

  Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    deduplication
        .newEvents(builder)
        .filterNot((id, event) -> event.value() == null) // a tombstone
        .mapValues(event -> event.type() + ": " + event.value().getGrams() + " g")
        .to("parcels.notices", Produced.with(Serdes.ByteArray(), Serdes.String()));
    return builder.build();
  }

  /** Runs until it is killed. StartCheck names what is missing or wrong, such as a topic. */
  public static void main(String[] args) throws Exception {
    SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of(System.getenv("SCHEMA_REGISTRY_URL")));
    ParcelNotices notices =
        new ParcelNotices(
            new AvroDeserializer<>(registry, Parcel.class),
            (decision, key, source) -> System.out.println(source.offset() + ": " + decision));
    Topology topology = notices.topology();
    Properties config = new Properties();
    config.putAll(notices.deduplication.streamsConfig());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "parcel-notices");
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
