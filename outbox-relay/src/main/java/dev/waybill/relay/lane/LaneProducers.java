package dev.waybill.relay.lane;

import dev.waybill.relay.topic.RelayTopic;
import dev.waybill.relay.transactions.Markers;
import dev.waybill.relay.transactions.OpenTransactions;
import dev.waybill.relay.transactions.OwnTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens the transactional producers of a lane. Thread-safe. */
final class LaneProducers {
  /**
   * How many take turns in a lane. With two, the broker still wrote the markers of a producer's
   * last transaction when its next began, and let it wait 20 ms. With fewer than an old version
   * had, a new one would not fence all of its producers.
   */
  private static final int PER_LANE = 4;

  private static final int LEAST_REQUEST = 1024 * 1024;

  private final Lanes.KafkaSide kafka;
  private final List<TopicPartition> others;
  private final MeterRegistry metrics;

  /**
   * Opens nothing yet.
   *
   * @param others what they write to beside events and cursor
   */
  LaneProducers(Lanes.KafkaSide kafka, List<TopicPartition> others, MeterRegistry metrics) {
    this.kafka = kafka;
    this.others = others;
    this.metrics = metrics;
  }

  /**
   * Opens and initialises the lane's producers, handing each over before it is initialised. None of
   * their transactions is open anywhere afterwards.
   *
   * @throws dev.waybill.relay.transactions.HangingTransactionException when one is, and it is not
   *     known how it has to end
   */
  void openAll(int lane, Consumer<LaneProducer> opened) {
    try (OpenTransactions transactions = OpenTransactions.ask(kafka.clientConfig())) {
      OwnTransactions own = own(lane, transactions);
      own.endWhatIsOver();
      ids(lane).forEach(id -> open(id, opened));
      own.endTheRest();
    }
  }

  /**
   * Ends those of the lane's transactions that hang, which its owner need not have noticed: their
   * commits were acknowledged. Blocks; to be called between two transactions.
   */
  void endHanging(int lane) {
    try (OpenTransactions transactions = OpenTransactions.ask(kafka.clientConfig())) {
      own(lane, transactions).endWhatIsOver();
    }
  }

  private OwnTransactions own(int lane, OpenTransactions transactions) {
    Markers markers = new Markers(transactions, kafka.clientConfig());
    return new OwnTransactions(transactions, markers, ids(lane), partitions(lane));
  }

  private List<String> ids(int lane) {
    return IntStream.range(0, PER_LANE)
        .mapToObj(number -> kafka.relay() + "-" + lane + "-" + number)
        .toList();
  }

  private void open(String transactionalId, Consumer<LaneProducer> opened) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            config(transactionalId), new ByteArraySerializer(), new ByteArraySerializer());
    opened.accept(LaneProducer.of(producer, metrics));
    producer.initTransactions();
  }

  /** What the lane's producers write to. */
  private List<TopicPartition> partitions(int lane) {
    RelayTopic events = kafka.events();
    Stream<TopicPartition> spread =
        IntStream.range(0, events.partitions())
            .mapToObj(partition -> new TopicPartition(events.name(), partition));
    Stream<TopicPartition> cursor = Stream.of(new TopicPartition(kafka.cursorTopic(), lane));
    return Stream.of(spread, cursor, others.stream()).flatMap(Function.identity()).toList();
  }

  private Map<String, Object> config(String transactionalId) {
    int maxRequest = Math.max(LEAST_REQUEST, kafka.events().maxMessageBytes());
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequest);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(32L << 20, 2L * maxRequest));
    // A commit flushes at once; until then, lingering only makes fuller batches.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    // A transaction that nobody ends holds back every read_committed reader for this long. It must
    // outlast the delivery of the last record, or the broker would abort what is still under way.
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    config.putAll(kafka.clientConfig());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return config;
  }
}
