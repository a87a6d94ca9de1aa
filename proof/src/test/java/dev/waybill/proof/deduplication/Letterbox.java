package dev.waybill.proof.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.EventFormat;
import dev.waybill.deduplication.NewEvent;
import dev.waybill.deduplication.NotDecodableException;
import dev.waybill.proof.servers.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * An application that counts and forwards its events, and fails as its values and its test want it:
 * always after it has counted.
 */
final class Letterbox implements AutoCloseable {
  private static final String COUNT = "count";

  private final String name = Servers.newName();
  private final Map<String, Integer> entered = new ConcurrentHashMap<>();
  private final AtomicInteger threadsFailed = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;
  private volatile String lastFailure = "";
  private @Nullable KafkaStreams streams;

  void start() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(events(), 1, (short) 1),
                  new NewTopic(name + ".letters", 1, (short) 1),
                  new NewTopic(name + ".effects", 1, (short) 1)))
          .all()
          .get();
    }
    EventFormat<String> format =
        (topic, key, value, headers, version) -> {
          String text = new String(value, UTF_8);
          if (text.startsWith("\0")) {
            throw new NotDecodableException("zeros", null);
          }
          return text;
        };
    Deduplication<String> deduplication =
        new Deduplication<>(
            new DeduplicationSettings("box", events(), name + ".letters", Duration.ofDays(7)),
            format,
            (decision, key, source) -> {});
    StreamsBuilder builder = new StreamsBuilder();
    deduplication
        .newEvents(builder)
        .processValues(new Behind(), Named.as("behind"))
        .to(
            name + ".effects",
            Produced.with(Serdes.ByteArray(), Serdes.String()).withName("effects"));
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    // A thread that failed is a member of the group for so long.
    config.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 1_000);
    config.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 200);
    config.put(
        StreamsConfig.STATE_DIR_CONFIG, Servers.folder().resolve(name + "-state").toString());
    config.putAll(deduplication.streamsConfig());
    KafkaStreams started = new KafkaStreams(builder.build(), config);
    started.setUncaughtExceptionHandler(
        thrown -> {
          lastFailure = String.valueOf(thrown.getCause());
          threadsFailed.incrementAndGet();
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    streams = started;
    started.start();
  }

  String events() {
    return name + ".events";
  }

  /** From now on for every event; null for none. */
  void failWith(@Nullable RuntimeException thrown) {
    failure = thrown;
  }

  int threadsFailed() {
    return threadsFailed.get();
  }

  String lastFailure() {
    return lastFailure;
  }

  KafkaStreams.State state() {
    return Objects.requireNonNull(streams).state();
  }

  /** How often the event of this value came to the code behind the deduplication. */
  int entered(String value) {
    return entered.getOrDefault(value, 0);
  }

  /** The committed count of events. */
  long counted() {
    Long count =
        Objects.requireNonNull(streams)
            .store(
                StoreQueryParameters.fromNameAndType(
                    COUNT, QueryableStoreTypes.<String, Long>keyValueStore()))
            .get(COUNT);
    return count == null ? 0 : count;
  }

  List<String> awaitEffects(int count) {
    return awaitRecords(name + ".effects", count).stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> awaitLetters(int count) {
    return awaitRecords(name + ".letters", count);
  }

  List<ConsumerRecord<byte[], byte[]>> letters() {
    return committed(name + ".letters");
  }

  private static List<ConsumerRecord<byte[], byte[]>> awaitRecords(String topic, int count) {
    return await()
        .dontCatchUncaughtExceptions() // of threads that are replaced
        .atMost(Servers.LIMIT)
        .until(() -> committed(topic), records -> records.size() >= count);
  }

  private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> config = new HashMap<>(Servers.readCommitted());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static String servers() {
    return Servers.kafka().bootstrapServers();
  }

  @Override
  public void close() {
    if (streams != null) {
      streams.close(Duration.ofSeconds(30));
    }
  }

  private final class Behind
      implements FixedKeyProcessorSupplier<byte[], NewEvent<String>, String> {
    @Override
    public FixedKeyProcessor<byte[], NewEvent<String>, String> get() {
      return new Counting();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(COUNT), Serdes.String(), Serdes.Long()));
    }
  }

  private final class Counting implements FixedKeyProcessor<byte[], NewEvent<String>, String> {
    private @Nullable FixedKeyProcessorContext<byte[], String> context;

    @Override
    public void init(FixedKeyProcessorContext<byte[], String> task) {
      context = task;
    }

    @Override
    public void process(FixedKeyRecord<byte[], NewEvent<String>> record) {
      FixedKeyProcessorContext<byte[], String> task = Objects.requireNonNull(context);
      KeyValueStore<String, Long> store = task.getStateStore(COUNT);
      Long before = store.get(COUNT);
      store.put(COUNT, before == null ? 1 : before + 1);
      String value = String.valueOf(record.value().value());
      entered.merge(value, 1, Integer::sum);
      task.forward(record.withValue(value.equals("enlarge") ? "x".repeat(2 << 20) : value));
      if (value.startsWith("throw")) {
        throw new IllegalStateException(value);
      }
      if (value.equals("assert")) {
        throw new AssertionError(value);
      }
      if (value.equals("overflow the stack")) {
        deeper(0);
      }
      RuntimeException wanted = failure;
      if (wanted != null) {
        throw wanted;
      }
    }

    @SuppressWarnings("InfiniteRecursion") // wanted
    private static long deeper(long depth) {
      return deeper(depth + 1) + 1;
    }
  }
}
