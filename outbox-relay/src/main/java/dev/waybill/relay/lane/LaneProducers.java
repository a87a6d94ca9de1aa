package dev.waybill.relay.lane;

import dev.waybill.relay.topic.RelayTopic;
import dev.waybill.runtime.transactions.Habit;
import dev.waybill.runtime.transactions.Markers;
import dev.waybill.runtime.transactions.OpenTransactions;
import dev.waybill.runtime.transactions.OwnTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** Opens the transactional producers of a lane. Thread-safe. */
final class LaneProducers {
  /**
   * How many take turns in a lane. With two, the broker still wrote the markers of a producer's
   * last transaction when its next began, and let it wait 20 ms. With fewer than an old version
   * had, a new one would not fence all of its producers.
   */
  private static final int PER_LANE = 4;

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
   * @throws dev.waybill.runtime.transactions.HangingTransactionException when one is, and it is not
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
      own(lane, transactions).awaitEnds();
    }
  }

  private OwnTransactions own(int lane, OpenTransactions transactions) {
    Markers markers = new Markers(transactions, kafka.clientConfig());
    return new OwnTransactions(
        transactions, markers, ids(lane), partitions(lane), Habit.INITIALISES);
  }

  private List<String> ids(int lane) {
    return IntStream.range(0, PER_LANE)
        .mapToObj(number -> kafka.relay() + "-" + lane + "-" + number)
        .toList();
  }

  private void open(String transactionalId, Consumer<LaneProducer> opened) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            LaneClients.producer(
                kafka.clientConfig(), transactionalId, kafka.events().maxMessageBytes()));
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
}
