package dev.waybill.consumer.http;

import dev.waybill.consumer.orders.CustomerTotals;
import dev.waybill.consumer.orders.OrderState;
import dev.waybill.consumer.orders.OrderTopology;
import dev.waybill.deduplication.AggregateVersions;
import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.RememberedEvent;
import dev.waybill.deduplication.StoreQueries;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stores of a running Kafka Streams. */
public final class KafkaStores implements StoresView {
  /** Sorts behind every id. */
  private static final String BEHIND_ALL = "~";

  private final DeduplicationSettings deduplication;
  private volatile Consumer<ProcessorStateException> spoilt = failure -> {};
  private volatile @Nullable KafkaStreams streams;
  private volatile HostInfo self = HostInfo.unavailable();

  /** Answers that nothing is available until it is {@linkplain #open opened}. */
  public KafkaStores(DeduplicationSettings deduplication) {
    this.deduplication = deduplication;
  }

  /**
   * From now on reads the stores of this.
   *
   * @param advertised this instance, as the others know it
   * @param whenSpoilt told when a store's files cannot be read
   */
  public void open(
      KafkaStreams running, HostInfo advertised, Consumer<ProcessorStateException> whenSpoilt) {
    self = advertised;
    spoilt = whenSpoilt;
    streams = running;
  }

  @Override
  public Place placeOfOrder(UUID orderId) {
    return placeOf(OrderTopology.ORDERS, orderId);
  }

  @Override
  public Place placeOfCustomer(UUID customerId) {
    return placeOf(OrderTopology.CUSTOMERS, customerId);
  }

  @Override
  public Optional<OrderState> order(UUID orderId, int partition) {
    return read(
        kafka ->
            Optional.ofNullable(
                KafkaStores.<Bytes, OrderState>store(kafka, OrderTopology.ORDERS, partition)
                    .get(key(orderId.toString()))));
  }

  @Override
  public Optional<CustomerTotals> customer(UUID customerId, int partition) {
    return read(
        kafka ->
            Optional.ofNullable(
                KafkaStores.<String, CustomerTotals>store(kafka, OrderTopology.CUSTOMERS, partition)
                    .get(customerId.toString())));
  }

  @Override
  public Optional<RememberedEvent> event(UUID eventId, Set<Integer> partitions) {
    return read(
        kafka ->
            partitions.stream()
                .map(partition -> find(kafka, eventId, partition))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.applied() ? one : other));
  }

  private Optional<RememberedEvent> find(KafkaStreams kafka, UUID eventId, int partition) {
    return Deduplication.find(store(kafka, deduplication.idStore(), partition), eventId);
  }

  @Override
  public Place placeOfAggregate(byte[] key) {
    return placeOf(deduplication.versionStore(), Bytes.wrap(key), (topic, bytes) -> bytes.get());
  }

  @Override
  public Optional<AggregateVersions> aggregate(byte[] key, int partition) {
    return read(
        kafka -> StoreQueries.versions(store(kafka, deduplication.versionStore(), partition), key));
  }

  @Override
  public void applied(int partition, Instant from, Instant to, Predicate<UUID> each) {
    boolean unused =
        read(
            kafka -> {
              StoreQueries.applied(
                  store(kafka, deduplication.idStore(), partition), from, to, each);
              return true;
            });
  }

  @Override
  public List<Instance> instances() {
    return read(
        kafka ->
            kafka.metadataForAllStreamsClients().stream()
                .map(
                    one ->
                        new Instance(one.hostInfo(), partitions(one), one.hostInfo().equals(self)))
                .toList());
  }

  /** The partitions that other instances have, of all topics; none while that is not known. */
  public Set<TopicPartition> elsewhere() {
    try {
      return read(
          kafka ->
              kafka.metadataForAllStreamsClients().stream()
                  .filter(instance -> !instance.hostInfo().equals(self))
                  .flatMap(instance -> instance.topicPartitions().stream())
                  .collect(Collectors.toSet()));
    } catch (NotAvailableException unknown) {
      return Set.of();
    }
  }

  @Override
  public OrdersPage orders(@Nullable Position after, int limit) {
    return read(
        kafka -> {
          List<Integer> partitions = keepers().here().stream().sorted().toList();
          List<OrderState> page = new ArrayList<>();
          for (int partition : partitions) {
            if (after != null && partition < after.partition()) {
              continue;
            }
            boolean within = after != null && partition == after.partition();
            Position from = within && after != null ? after : new Position(partition, "");
            Position next = read(kafka, from, limit, page);
            if (next != null) {
              return new OrdersPage(page, next, partitions);
            }
          }
          return new OrdersPage(page, null, partitions);
        });
  }

  /** As the last assignment has it, which the stores themselves may not have followed yet. */
  @Override
  public Keepers keepers() {
    Map<HostInfo, Set<Integer>> others =
        read(
            kafka ->
                kafka.metadataForAllStreamsClients().stream()
                    .collect(
                        Collectors.toMap(
                            StreamsMetadata::hostInfo,
                            this::partitions,
                            KafkaStores::union,
                            HashMap::new)));
    others.values().removeIf(Set::isEmpty);
    if (others.isEmpty()) {
      throw new NotAvailableException("no partitions are assigned yet", null);
    }
    Set<Integer> here = others.remove(self);
    return new Keepers(here == null ? Set.of() : here, others);
  }

  private Set<Integer> partitions(StreamsMetadata instance) {
    return instance.topicPartitions().stream()
        .filter(partition -> partition.topic().equals(deduplication.topic()))
        .map(TopicPartition::partition)
        .collect(Collectors.toSet());
  }

  private static Set<Integer> union(Set<Integer> some, Set<Integer> more) {
    return Stream.of(some, more).flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** Adds a partition's orders; where to go on when the page is full before all are added. */
  private static @Nullable Position read(
      KafkaStreams kafka, Position after, int limit, List<OrderState> page) {
    ReadOnlyKeyValueStore<Bytes, OrderState> store =
        store(kafka, OrderTopology.ORDERS, after.partition());
    Position last = after;
    try (KeyValueIterator<Bytes, OrderState> all =
        store.range(key(after.orderId()), key(BEHIND_ALL))) {
      while (all.hasNext()) {
        if (page.size() == limit) {
          return last;
        }
        KeyValue<Bytes, OrderState> order = all.next();
        if (!order.key.equals(key(after.orderId()))) {
          page.add(order.value);
          last = new Position(after.partition(), order.value.id().toString());
        }
      }
    }
    return null;
  }

  private Place placeOf(String store, UUID key) {
    return placeOf(store, key.toString(), new StringSerializer());
  }

  private <K> Place placeOf(String store, K key, Serializer<K> serializer) {
    KeyQueryMetadata metadata = read(kafka -> kafka.queryMetadataForKey(store, key, serializer));
    HostInfo host = metadata.activeHost();
    if (host == null || host.equals(HostInfo.unavailable())) {
      return new Place.Moving();
    }
    return host.equals(self) ? new Place.Here(metadata.partition()) : new Place.There(host);
  }

  private <T> T read(Function<KafkaStreams, T> question) {
    KafkaStreams running = streams;
    if (running == null) {
      throw new NotAvailableException("B is starting", null);
    }
    try {
      return question.apply(running);
    } catch (InvalidStateStoreException | IllegalStateException moving) {
      throw new NotAvailableException(
          "the stores are moving or restoring; Kafka Streams is " + running.state(), moving);
    } catch (ProcessorStateException failure) {
      spoilt.accept(failure);
      throw new NotAvailableException(
          "a local store is spoilt; all are restored from their changelogs", failure);
    }
  }

  /**
   * The store of one partition. (Without a partition, Kafka Streams gives those that happen to be
   * there, and what is in a partition that is just coming would seem not to exist.)
   */
  private static <K, V> ReadOnlyKeyValueStore<K, V> store(
      KafkaStreams running, String name, int partition) {
    StoreQueryParameters<ReadOnlyKeyValueStore<K, V>> parameters =
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore());
    return running.store(parameters.withPartition(partition));
  }

  private static Bytes key(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
