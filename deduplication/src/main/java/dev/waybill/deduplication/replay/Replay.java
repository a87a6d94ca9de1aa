package dev.waybill.deduplication.replay;

import dev.waybill.deduplication.LetterAction;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads the dead letters that there are when it begins, and sends those selected to the topic of
 * replays, each record once. What is sent twice, the deduplication drops; so it may be run again
 * after a failure. Of one thread.
 */
public final class Replay {
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final PrintWriter out;

  /** How many letters were sent, and how many were not. */
  public record Result(int replayed, int leftOut) {}

  /**
   * By name.
   *
   * @param sources that letters came from: the topics of the events and that of replays
   */
  public record Topics(String deadLetters, Set<String> sources, String replays) {}

  /**
   * Sends nothing yet; the clients stay the caller's to close.
   *
   * @param consumer of no group, which reads committed records
   * @param producer whose {@code acks} are all
   * @param out is told of each letter, a line each
   */
  public Replay(
      Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, PrintWriter out) {
    this.consumer = consumer;
    this.producer = producer;
    this.out = out;
  }

  /**
   * Replays, and returns when the broker has acknowledged all of it.
   *
   * @param dryRun only says what would be sent
   * @throws UnknownTopicOrPartitionException naming a topic that does not exist; nothing was sent
   * @throws ExecutionException when a record was not taken; those before it were
   */
  public Result run(Topics topics, Selection selection, boolean dryRun)
      throws ExecutionException, InterruptedException {
    int partitions = partitions(topics.replays()).size();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    Set<String> replayed = new HashSet<>();
    int leftOut = 0;
    List<TopicPartition> letters = assign(topics.deadLetters());
    Map<TopicPartition, Long> ends = consumer.endOffsets(letters);
    while (replayed.size() < selection.limit() && !isRead(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (LetterAction.isOne(record.headers())) {
          continue;
        }
        Letter letter = new Letter(record);
        if (!takes(topics, selection, letter)) {
          leftOut++;
        } else if (replayed.size() < selection.limit() && replayed.add(letter.name())) {
          out.println((dryRun ? "would replay " : "replays ") + letter);
          if (!dryRun) {
            sent.add(producer.send(letter.replay(topics.replays(), partitions)));
          }
        }
      }
    }
    for (Future<RecordMetadata> future : sent) {
      RecordMetadata unused = future.get();
    }
    return new Result(replayed.size(), leftOut);
  }

  private boolean takes(Topics topics, Selection selection, Letter letter) {
    if (!letter.cameFrom(topics.sources()) || !selection.takes(letter)) {
      return false;
    }
    Optional<String> hopeless = letter.notReplayable();
    hopeless.ifPresent(why -> out.println("leaves out " + letter + ": " + why));
    return hopeless.isEmpty();
  }

  private List<TopicPartition> assign(String deadLetters) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo partition : partitions(deadLetters)) {
      partitions.add(new TopicPartition(deadLetters, partition.partition()));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  private List<PartitionInfo> partitions(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
    }
    return partitions;
  }

  private boolean isRead(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
