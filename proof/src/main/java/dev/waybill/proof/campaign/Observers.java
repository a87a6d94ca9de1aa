package dev.waybill.proof.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.LetterAction;
import dev.waybill.notifications.CustomerNotification;
import dev.waybill.proof.faults.Injector;
import dev.waybill.proof.ledger.LedgerWriter;
import dev.waybill.proof.ledger.Letter;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import dev.waybill.proof.ledger.Replayed;
import dev.waybill.proof.mutants.Tamper;
import dev.waybill.proof.systems.TopicReader;
import dev.waybill.proof.systems.Topics;
import dev.waybill.proof.world.Bug;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.stack.StackServers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics from their first offsets for as long as a run goes on, and writes down what is
 * there.
 */
final class Observers implements AutoCloseable {

  private static final int SCHEMA_ID_BYTES = 5;
  private static final int DIGEST_BYTES = 16;

  private final Tamper tamper;
  private final LedgerWriter ledger;
  private final Injector injector;
  private final SchemaRegistry registry;
  private final AvroDeserializer<CustomerNotification> notifications;
  private final Set<String> published = new HashSet<>();
  private final Set<UUID> notified = new HashSet<>();
  private final Set<UUID> refused = new HashSet<>();
  private final Set<String> customers = new HashSet<>();
  private final Map<TopicPartition, Long> last = new HashMap<>();
  private final List<TopicReader> readers;
  private @Nullable Published held;
  private int erasures;
  private int letters;

  /**
   * @param tamper what is wrong with these observers: nothing, but in a mutant
   */
  Observers(StackServers servers, LedgerWriter ledger, Injector injector, Tamper tamper) {
    this.tamper = tamper;
    this.ledger = ledger;
    this.injector = injector;
    this.registry = new SchemaRegistry(SchemaRegistryConfig.of(servers.registry().url()));
    this.notifications = new AvroDeserializer<>(registry, CustomerNotification.class);
    String kafka = servers.kafka().bootstrapServers();
    this.readers =
        List.of(
            new TopicReader(kafka, Topics.EVENTS, this::event),
            new TopicReader(kafka, Topics.NOTIFICATIONS, this::notification),
            new TopicReader(kafka, Topics.DEAD_LETTERS, this::letter),
            new TopicReader(kafka, Topics.REPLAYS, this::replay));
  }

  void start() {
    readers.forEach(TopicReader::start);
  }

  private synchronized void event(ConsumerRecord<byte[], byte[]> record) {
    Published entry = published(record);
    last.put(new TopicPartition(record.topic(), record.partition()), record.offset());
    write(entry);
    if (entry.eventId() != null && published.add(entry.eventId())) {
      injector.show(record);
      erasures += entry.payload() == null ? 1 : 0;
    }
  }

  private void write(Published entry) {
    Published before = held;
    held = null;
    if (before == null && tamper == Tamper.SWAP && entry.offset() % 20 == 0) {
      held = entry;
      return;
    }
    if (before != null && before.partition() == entry.partition()) {
      ledger.add(entry.at(before.offset()));
      ledger.add(before.at(entry.offset()));
    } else {
      if (before != null) {
        ledger.add(before);
      }
      ledger.add(entry);
    }
  }

  private synchronized void notification(ConsumerRecord<byte[], byte[]> record) {
    CustomerNotification value = notifications.deserialize(record.topic(), record.value());
    Notified entry =
        new Notified(
            record.partition(), record.offset(), System.currentTimeMillis(), value.getEventId());
    boolean isVictim = record.offset() % 1000 == 500;
    if (!(tamper == Tamper.DROP && isVictim)) {
      ledger.add(entry);
    }
    if (tamper == Tamper.DOUBLE && isVictim) {
      ledger.add(entry);
    }
    notified.add(value.getEventId());
    refused.remove(value.getEventId());
    customers.add(value.getCustomerId().toString());
  }

  private synchronized void letter(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null && record.headers().lastHeader("dead-letter-reason") == null) {
      return; // Taken out by somebody.
    }
    if (LetterAction.isOne(record.headers())) {
      return;
    }
    letters++;
    boolean built = String.valueOf(text(record, "dead-letter-detail")).contains(Bug.MARK);
    ledger.add(
        new Letter(
            record.partition(),
            record.offset(),
            System.currentTimeMillis(),
            text(record, "dead-letter-event-id"),
            String.valueOf(text(record, "dead-letter-reason")),
            Integer.parseInt(String.valueOf(text(record, "dead-letter-partition"))),
            Long.parseLong(String.valueOf(text(record, "dead-letter-offset"))),
            built));
    String id = text(record, "dead-letter-event-id");
    if (built && id != null) {
      refused.add(UUID.fromString(id));
    }
  }

  private synchronized void replay(ConsumerRecord<byte[], byte[]> record) {
    ledger.add(
        new Replayed(
            record.partition(),
            record.offset(),
            System.currentTimeMillis(),
            text(record, "ce_id")));
  }

  /** A record of the events' topic as the ledger has it. */
  static Published published(ConsumerRecord<byte[], byte[]> record) {
    return new Published(
        record.partition(),
        record.offset(),
        System.currentTimeMillis(),
        record.key() == null ? null : new String(record.key(), UTF_8),
        text(record, "ce_id"),
        text(record, "ce_sequence"),
        digest(record.value()));
  }

  private static @Nullable String digest(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      int begin = Math.min(SCHEMA_ID_BYTES, value.length);
      digest.update(value, begin, value.length - begin);
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  /** Different event ids in the topic, poison's among them. */
  synchronized int published() {
    return published.size();
  }

  /** Different events of which B has notified. */
  synchronized int notified() {
    return notified.size();
  }

  /**
   * Events as far as they came to B: those that it notified of, erasures, of which it does not, and
   * those that a bug has made dead letters.
   */
  synchronized int applied() {
    return notified.size() + erasures + refused.size();
  }

  synchronized int letters() {
    return letters;
  }

  /** The offset of the last event in each partition. */
  synchronized Map<TopicPartition, Long> lastOffsets() {
    return Map.copyOf(last);
  }

  /** Every customer who was notified. */
  synchronized Set<String> customers() {
    return Set.copyOf(customers);
  }

  @Override
  public void close() {
    readers.forEach(TopicReader::close);
    registry.close();
  }
}
