package dev.waybill.deduplication.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.DecisionListener;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs a topology with a deduplication, and notes what is decided. Failed assertions are {@link
 * AssertionError}s. Of one thread.
 *
 * @param <K> the keys of the topic of the events
 * @param <V> its values
 */
public final class DeduplicationTestDriver<K, V> implements AutoCloseable {
  private final DeduplicationSettings settings;
  private final Serializer<K> keys;
  private final Serializer<V> values;
  private final List<Decision> decisions = new ArrayList<>();
  private final TopologyTestDriver driver;
  private int asserted;

  /**
   * Starts the topology, with empty stores.
   *
   * @param settings the deduplication's own; events are sent to their topic
   * @param now what the machine's clock says; {@code driver().advanceWallClockTime} moves it
   * @param topology builds it around a deduplication that has this listener
   */
  public DeduplicationTestDriver(
      DeduplicationSettings settings,
      Serializer<K> keys,
      Serializer<V> values,
      Instant now,
      Function<DecisionListener, Topology> topology) {
    this.settings = settings;
    this.keys = keys;
    this.values = values;
    this.driver =
        new TopologyTestDriver(
            topology.apply((decision, key, source) -> decisions.add(decision)), config(), now);
  }

  private Properties config() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.name());
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    try {
      config.put(
          StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("deduplication").toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return config;
  }

  /** Kafka's own driver, for everything else: other topics, stores, the wall clock. */
  public TopologyTestDriver driver() {
    return driver;
  }

  /**
   * Sends records, and returns what was decided about the last.
   *
   * @throws AssertionError when nothing was decided
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the list reads them only
  public final Decision send(TestRecord<K, V>... events) {
    return send(List.of(events));
  }

  /** The same. */
  public Decision send(List<TestRecord<K, V>> events) {
    int before = decisions.size();
    driver.createInputTopic(settings.topic(), keys, values).pipeRecordList(events);
    if (decisions.size() == before) {
      throw new AssertionError("nothing was decided about " + events);
    }
    return decisions.get(decisions.size() - 1);
  }

  /**
   * Lets time pass, of which ids are forgotten: sends an event for each 168th of the retention.
   *
   * @param event makes the event of a time: a new one each, of nobody else's aggregate
   */
  public void pass(Instant from, Duration time, Function<Instant, TestRecord<K, V>> event) {
    Duration step = settings.retention().dividedBy(168);
    List<TestRecord<K, V>> passing = new ArrayList<>();
    for (Instant at = from; !at.isAfter(from.plus(time)); at = at.plus(step)) {
      passing.add(event.apply(at));
    }
    send(passing);
    asserted = decisions.size();
  }

  /** What was decided about each record, from the first on. */
  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** The decisions since this was asked last are of these kinds, in this order. */
  @SafeVarargs
  public final void assertDecided(Class<? extends Decision>... kinds) {
    List<Decision> since = decisions.subList(asserted, decisions.size());
    asserted = decisions.size();
    List<String> names = new ArrayList<>();
    for (Class<? extends Decision> kind : kinds) {
      names.add(kind.getSimpleName());
    }
    if (!since.stream()
        .map(decision -> decision.getClass().getSimpleName())
        .toList()
        .equals(names)) {
      throw new AssertionError("expected decisions " + names + ", and there were " + since);
    }
  }

  /** The dead letters since this was asked last have these reasons, in this order. */
  public void assertDeadLetters(Reason... reasons) {
    List<String> found = new ArrayList<>();
    for (TestRecord<byte[], byte[]> letter : deadLetters()) {
      found.add(new String(letter.headers().lastHeader(DeadLetterHeaders.REASON).value(), UTF_8));
    }
    List<String> expected = List.of(reasons).stream().map(Reason::name).toList();
    if (!found.equals(expected)) {
      throw new AssertionError("expected dead letters " + expected + ", and there were " + found);
    }
  }

  /** The dead letters since they were asked for last. */
  public List<TestRecord<byte[], byte[]>> deadLetters() {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return driver.createOutputTopic(settings.deadLetterTopic(), bytes, bytes).readRecordsToList();
  }

  /**
   * Copies everything into another driver, as another instance would restore it from changelogs.
   *
   * @param successor of the same topology, and fresh
   * @throws UnsupportedOperationException when there are stores that are not of keys and values
   */
  public void handOver(DeduplicationTestDriver<K, V> successor) {
    // The stores themselves: to a table's, the driver's other getters put values without
    // timestamps.
    Map<String, StateStore> targets = successor.driver.getAllStateStores();
    for (Map.Entry<String, StateStore> store : driver.getAllStateStores().entrySet()) {
      if (!(store.getValue() instanceof KeyValueStore<?, ?> from
          && targets.get(store.getKey()) instanceof KeyValueStore<?, ?> to)) {
        throw new UnsupportedOperationException(store.getKey() + " is no key-value store");
      }
      copy(from, to);
    }
  }

  @SuppressWarnings("unchecked") // Two stores of one name have the same types.
  private static <A, B> void copy(KeyValueStore<A, B> from, KeyValueStore<?, ?> to) {
    KeyValueStore<A, B> target = (KeyValueStore<A, B>) to;
    try (KeyValueIterator<A, B> all = from.all()) {
      all.forEachRemaining(entry -> target.put(entry.key, entry.value));
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
