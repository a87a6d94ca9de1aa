package dev.waybill.proof.lab.process;

import dev.waybill.proof.patterns.internalqueuerelay.RecognisingB;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** B on Kafka Streams, with Waybill's deduplication. */
public final class LabRecognisingB {
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  private LabRecognisingB() {}

  public static void main(String[] args) throws Exception {
    Place place = Place.here();
    RecognisingB b = new RecognisingB(place.topic(), place.effects(), place.deadLetters());
    Topology topology = b.topology();
    KafkaStreams streams = new KafkaStreams(topology, config(place, b));
    streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
    SmallServer.on(Place.port(), () -> streams.state() == KafkaStreams.State.RUNNING).start();
    streams.start();
  }

  private static Properties config(Place place, RecognisingB b) {
    Properties config = new Properties();
    config.putAll(b.config());
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, place.topic() + ".recognising");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, place.kafka());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
    config.put(StreamsConfig.STATE_DIR_CONFIG, place.signals().resolve("state").toString());
    config.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
    config.put(
        StreamsConfig.DEFAULT_INTERACTIVE_QUERY_ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString());
    config.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "recognising");
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 4_000);
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 700);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 5_000);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    return config;
  }
}
