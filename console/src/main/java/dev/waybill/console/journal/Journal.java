package dev.waybill.console.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Records;
import dev.waybill.console.systems.Sender;
import dev.waybill.runtime.ServiceServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's topic, of one partition, so that all entries have one order. It is made when it is
 * first written to. Safe for use by many threads.
 */
public final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private static final Map<String, String> SETTINGS =
      Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(365L * 24 * 60 * 60 * 1000));

  /** How far back an operation is looked for that did not end. */
  private static final int RECENT = 5_000;

  private final JsonMapper json = ServiceServer.json();
  private final Records records;
  private final Sender sender;
  private final String topic;
  private boolean made;

  /** Asks and makes nothing yet. */
  public Journal(Records records, Sender sender, String topic) {
    this.records = records;
    this.sender = sender;
    this.topic = topic;
  }

  /**
   * Writes an entry; returns when the broker has it.
   *
   * @throws AwayException when it does not take it; then nothing must be done that the entry is of
   */
  public synchronized void write(Entry entry) {
    if (!made) {
      sender.makeTopic(topic, 1, SETTINGS);
      made = true;
    }
    try {
      sender.send(List.of(new ProducerRecord<>(topic, 0, null, json.writeValueAsBytes(entry))));
    } catch (JsonProcessingException none) {
      throw new IllegalStateException(none);
    }
  }

  /**
   * The last entries, the newest first; none while there is no topic.
   *
   * @throws AwayException when the broker does not answer
   */
  public List<Entry> last(int most) {
    List<Entry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records.last(topic, 0, most)) {
      parsed(record).ifPresent(entry -> entries.add(0, entry));
    }
    return List.copyOf(entries);
  }

  /** What is known of an operation: its plan, and the last that was written of it. */
  public record Operation(Entry plan, Entry last) {}

  /**
   * The operation of this id; empty when it has no plan among the last entries.
   *
   * @throws AwayException when the broker does not answer
   */
  public Optional<Operation> operation(String id) {
    return operations().stream().filter(one -> one.plan().operation().equals(id)).findFirst();
  }

  /**
   * The operations that were planned and have no end, the oldest first.
   *
   * @throws AwayException when the broker does not answer
   */
  public List<Operation> unfinished() {
    return operations().stream().filter(one -> !one.last().isEnd()).toList();
  }

  private List<Operation> operations() {
    Map<String, Operation> found = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>(last(RECENT));
    Collections.reverse(entries);
    for (Entry entry : entries) {
      if (entry.step().equals(Entry.PLANNED)) {
        found.put(entry.operation(), new Operation(entry, entry));
      } else {
        found.computeIfPresent(
            entry.operation(), (id, operation) -> new Operation(operation.plan(), entry));
      }
    }
    return List.copyOf(found.values());
  }

  private Optional<Entry> parsed(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(json.readValue(record.value(), Entry.class));
    } catch (IOException | IllegalArgumentException none) {
      log.warn("{}-0@{} is no entry of the journal", topic, record.offset());
      return Optional.empty();
    }
  }
}
