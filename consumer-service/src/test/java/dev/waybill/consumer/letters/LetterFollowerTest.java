package dev.waybill.consumer.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy.StrategyType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class LetterFollowerTest {
  private static final TopicPartition FIRST = new TopicPartition(Records.TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(Records.TOPIC, 1);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(StrategyType.EARLIEST.toString());
  private final LetterIndex index = new LetterIndex();
  private final LetterFollower follower = new LetterFollower(Records.TOPIC, () -> consumer, index);

  @Test
  void isReadWhenItHasAllThatWasThereAndTakesInWhatComes() {
    topic(Map.of(FIRST, 0L), Map.of(FIRST, 2L));
    follower.lookRound(consumer);
    consumer.addRecord(Records.letter(0));
    follower.step(consumer);
    assertThat(follower.isRead()).isFalse();

    consumer.addRecord(Records.letter(1));
    follower.step(consumer);
    assertThat(follower.isRead()).isTrue();

    consumer.addRecord(Records.letter(2));
    follower.step(consumer);
    assertThat(places()).containsExactly("letters-0@2", "letters-0@1", "letters-0@0");
  }

  @Test
  void emptyTopicIsReadAtOnce() {
    topic(Map.of(FIRST, 7L), Map.of(FIRST, 7L));
    follower.lookRound(consumer);
    follower.step(consumer);

    assertThat(follower.isRead()).isTrue();
  }

  @Test
  void newPartitionIsFollowedAndWhatRetentionDeletesIsForgotten() {
    topic(Map.of(FIRST, 0L), Map.of(FIRST, 0L));
    follower.lookRound(consumer);
    consumer.addRecord(Records.letter(0));
    consumer.addRecord(Records.letter(1));
    follower.step(consumer);

    topic(Map.of(FIRST, 1L, SECOND, 0L), Map.of(FIRST, 2L, SECOND, 1L));
    follower.lookRound(consumer);
    consumer.addRecord(Records.letter(1, 0, "CONFLICT", ""));
    follower.step(consumer);

    assertThat(places()).containsExactly("letters-0@1", "letters-1@0");
  }

  @Test
  void topicThatWasMadeAgainIsReadFromItsBeginning() {
    topic(Map.of(FIRST, 0L), Map.of(FIRST, 0L));
    follower.lookRound(consumer);
    consumer.addRecord(Records.letter(0));
    consumer.addRecord(Records.letter(1));
    follower.step(consumer);

    topic(Map.of(FIRST, 0L), Map.of(FIRST, 1L));
    follower.lookRound(consumer);

    assertThat(places()).isEmpty();
    assertThat(consumer.position(FIRST)).isZero();
  }

  /** As while it is made again: what is known stays until there is another. */
  @Test
  void topicThatIsNotThereForAMomentIsNotTakenForAnEmptyOne() {
    topic(Map.of(FIRST, 0L), Map.of(FIRST, 1L));
    follower.lookRound(consumer);
    consumer.addRecord(Records.letter(0));
    follower.step(consumer);

    consumer.updatePartitions(Records.TOPIC, List.of());
    assertThatThrownBy(() -> follower.lookRound(consumer))
        .isInstanceOf(UnknownTopicOrPartitionException.class);

    assertThat(places()).containsExactly("letters-0@0");
  }

  @Test
  void ofAnEndlessTopicOnlyTheNewestAreReadAndThatIsSaid() {
    topic(Map.of(FIRST, 5L), Map.of(FIRST, 5L + LetterIndex.MOST + 1));
    follower.lookRound(consumer);

    assertThat(consumer.position(FIRST)).isEqualTo(6);
    assertThat(index.isTruncated()).isTrue();
  }

  private void topic(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
    consumer.updatePartitions(
        Records.TOPIC,
        begins.keySet().stream()
            .map(
                one ->
                    new PartitionInfo(
                        one.topic(), one.partition(), Node.noNode(), new Node[0], new Node[0]))
            .toList());
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(ends);
  }

  private List<String> places() {
    return index.page(Records.ANY, null, 10).entries().stream()
        .map(entry -> entry.letter().place().toString())
        .toList();
  }
}
