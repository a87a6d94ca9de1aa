package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Records;
import dev.waybill.console.systems.Sender;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.replay.Letter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Topics in memory, of which each has two partitions. */
final class FakeKafka implements Records, Sender {
  static final String LETTERS = "letters";

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
  final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

  /** Called before anything is sent. */
  Runnable before = () -> {};

  boolean away;

  /** Writes a dead letter of an event; tells its place. */
  LetterPlace letter(String eventId, String reason) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.EVENT_ID, eventId.getBytes(UTF_8));
    return letter(reason, "key".getBytes(UTF_8), "value".getBytes(UTF_8), headers);
  }

  /** Writes a record as a dead letter, with headers besides; tells its place. */
  LetterPlace letter(
      String reason, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    headers.add(DeadLetterHeaders.REASON, reason.getBytes(UTF_8));
    headers.add(DeadLetterHeaders.TOPIC, "events".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.PARTITION, "1".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.OFFSET, "7".getBytes(UTF_8));
    send(List.of(new ProducerRecord<>(LETTERS, 0, key, value, headers)));
    sent.clear();
    return new LetterPlace(LETTERS, 0, partition(LETTERS, 0).size() - 1L);
  }

  /** Another value for a letter. */
  Repair repair(LetterPlace place, String eventId, boolean hasNewId) {
    return new Repair(
        new Letter(record(place).orElseThrow()),
        new ProducerRecord<>(
            LETTERS, null, "key".getBytes(UTF_8), "personal".getBytes(UTF_8), new RecordHeaders()),
        eventId,
        hasNewId,
        List.of(new Repair.Change("value", "5 bytes", "8 bytes")));
  }

  private List<ConsumerRecord<byte[], byte[]>> partition(String topic, int number) {
    return topics.computeIfAbsent(topic + "-" + number, name -> new ArrayList<>());
  }

  List<ProducerRecord<byte[], byte[]>> sentTo(String topic) {
    return sent.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  @Override
  public Optional<ConsumerRecord<byte[], byte[]>> record(LetterPlace place) {
    List<ConsumerRecord<byte[], byte[]>> records = partition(place.topic(), place.partition());
    return place.offset() < records.size()
        ? Optional.of(records.get((int) place.offset()))
        : Optional.empty();
  }

  @Override
  public List<ConsumerRecord<byte[], byte[]>> last(String topic, int partition, int most) {
    List<ConsumerRecord<byte[], byte[]>> records = partition(topic, partition);
    return List.copyOf(records.subList(Math.max(0, records.size() - most), records.size()));
  }

  @Override
  public int partitions(String topic) {
    return 2;
  }

  @Override
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    before.run();
    if (away) {
      throw new AwayException("Kafka", "away");
    }
    for (ProducerRecord<byte[], byte[]> record : records) {
      int number = record.partition() == null ? 0 : record.partition();
      List<ConsumerRecord<byte[], byte[]>> partition = partition(record.topic(), number);
      partition.add(
          new ConsumerRecord<>(
              record.topic(),
              number,
              partition.size(),
              0,
              TimestampType.CREATE_TIME,
              0,
              0,
              record.key(),
              record.value(),
              record.headers(),
              Optional.empty()));
      sent.add(record);
    }
  }

  @Override
  public void makeTopic(String name, int partitions, Map<String, String> settings) {}
}
