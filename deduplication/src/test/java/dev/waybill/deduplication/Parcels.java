package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** A topology that notes the events that take effect, and what was decided about each record. */
final class Parcels implements AutoCloseable {
  static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings(
              "parcels", "parcels.events", "parcels.dead-letters", Duration.ofDays(7))
          .withReplays("parcels.replays");

  final Texts format = new Texts();
  final DeduplicationTestDriver<byte[], byte[]> tested;
  private final TestInputTopic<byte[], byte[]> replays;

  Parcels() {
    this(SETTINGS);
  }

  Parcels(DeduplicationSettings settings) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    tested =
        new DeduplicationTestDriver<>(
            settings, bytes, bytes, Sent.NOON, listener -> topology(settings, listener));
    replays = tested.driver().createInputTopic("parcels.replays", bytes, bytes);
  }

  private Topology topology(DeduplicationSettings settings, DecisionListener listener) {
    StreamsBuilder builder = new StreamsBuilder();
    new Deduplication<>(settings, format, listener)
        .newEvents(builder)
        .mapValues(Parcels::text)
        .to("effects", Produced.with(Serdes.ByteArray(), Serdes.String()));
    return builder.build();
  }

  static Properties config() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "parcels");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    try {
      config.put(StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("parcels").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return config;
  }

  private static String text(NewEvent<String> event) {
    return (event.value() == null ? "gone " + event.version() : event.value())
        + (event.newerApplied() ? " (newer applied)" : "");
  }

  /** Sends them and returns what was decided about the last. */
  Decision send(Sent... records) {
    return tested.send(Stream.of(records).map(Sent::record).toList());
  }

  /** What was decided about each record. */
  List<Decision> decisions() {
    return tested.decisions();
  }

  /** Sends what deletes a replay of this key. */
  void deleteReplay(String key) {
    replays.pipeInput(new TestRecord<>(key.getBytes(UTF_8), null));
  }

  /** Sends it to the topic of replays, as the unchanged copy of a letter. */
  Decision replay(Sent record) {
    return repair(record.with("replay-letter", "parcels.dead-letters-0@1"));
  }

  /** Sends it there as what somebody made of a letter. */
  Decision repair(Sent record) {
    Sent repair = record.with("replay-key", record.key()).of(record.id().toString());
    replays.pipeInput(repair.record());
    return decisions().get(decisions().size() - 1);
  }

  /** What took effect since the last call. */
  List<String> effects() {
    return tested
        .driver()
        .createOutputTopic("effects", new ByteArrayDeserializer(), Serdes.String().deserializer())
        .readValuesToList();
  }

  /** The dead letters since the last call. */
  List<TestRecord<byte[], byte[]>> deadLetters() {
    return tested.deadLetters();
  }

  static String header(TestRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  Optional<RememberedEvent> remembered(UUID id) {
    return Deduplication.find(ids(), id);
  }

  KeyValueStore<Bytes, byte[]> ids() {
    return tested.driver().getKeyValueStore(SETTINGS.idStore());
  }

  long remembered() {
    long count = 0;
    try (KeyValueIterator<Bytes, byte[]> all = ids().all()) {
      while (all.hasNext()) {
        all.next();
        count++;
      }
    }
    return count;
  }

  /** Another instance, with what it would restore from this one's changelogs. */
  Parcels takenOver() {
    return takenOver(SETTINGS);
  }

  Parcels takenOver(DeduplicationSettings settings) {
    Parcels successor = new Parcels(settings);
    tested.handOver(successor.tested);
    return successor;
  }

  void wallClockMovesTo(Instant instant) {
    tested.driver().advanceWallClockTime(Duration.between(Sent.NOON, instant));
  }

  @Override
  public void close() {
    tested.close();
  }
}
