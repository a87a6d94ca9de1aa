package dev.waybill.consumer.letters;

import static dev.waybill.deduplication.LetterAction.Kind.APPLIED;
import static dev.waybill.deduplication.LetterAction.Kind.DISCARD;
import static dev.waybill.deduplication.LetterAction.Kind.REPLAY;
import static dev.waybill.deduplication.LetterAction.Kind.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LetterIndexTest {
  private final LetterIndex index = new LetterIndex(1_000);

  @Test
  void letterIsWhatItsLastActionMadeOfIt() {
    index.add(Records.letter(0));
    assertThat(standing()).isEqualTo(Standing.open(Records.at(0)));
    assertThat(index.unsettled().count()).isEqualTo(1);

    index.add(Records.action(1, REPLAY, 0, "anna"));
    index.add(Records.action(2, REPLAY, 0, "anna"));
    assertThat(standing())
        .isEqualTo(new Standing(State.REPLAYED, Records.at(2), 2, Records.at(2), null, null));

    index.add(Records.action(3, DISCARD, 0, "bert"));
    assertThat(standing())
        .isEqualTo(new Standing(State.DISCARDED, Records.at(3), 2, Records.at(2), "bert", "why"));
    assertThat(index.unsettled()).isEqualTo(new LetterIndex.Unsettled(0, null));

    index.add(Records.action(4, RESTORE, 0, "bert"));
    assertThat(standing().state()).isEqualTo(State.REPLAYED);
    assertThat(standing().discardedBy()).isNull();
  }

  @Test
  void whatWaitsIsCountedByItsReason() {
    index.add(Records.letter(0));
    index.add(Records.letter(1));
    index.add(Records.letter(0, 2, Reason.CONFLICT.name(), ""));
    index.add(Records.letter(0, 3, "<b>of somebody else</b>", ""));
    index.add(Records.action(4, REPLAY, 0, "anna"));
    index.add(Records.action(5, DISCARD, 1, "anna"));
    index.add(Records.action(6, DISCARD, 2, "anna"));
    index.add(Records.action(7, RESTORE, 2, "anna"));

    assertThat(index.unsettled("UNDECODABLE")).isEqualTo(1);
    assertThat(index.unsettled("CONFLICT")).isEqualTo(1);
    assertThat(index.unsettled("other")).isEqualTo(1);
    assertThat(LetterIndex.reasons()).contains("UNDECODABLE", "CONFLICT", "other").hasSize(13);
    assertThat(LetterIndex.reasons().stream().mapToInt(index::unsettled).sum())
        .isEqualTo(index.unsettled().count());

    index.dropBelow(Map.of(new TopicPartition(Records.TOPIC, 0), 3L));
    assertThat(index.unsettled("UNDECODABLE")).isZero();
    assertThat(index.unsettled("other")).isEqualTo(1);
    index.clear();
    assertThat(index.unsettled("other")).isZero();
  }

  @Test
  void whoseEventTookEffectIsAppliedWhateverIsDoneThen() {
    index.add(Records.letter(0));
    List<Letter> open = index.open(null, 10);
    assertThat(index.applied(open, Map.of())).isEmpty();
    assertThat(index.applied(open, Map.of(Records.id(0), Instant.EPOCH))).isEqualTo(open);
    assertThat(index.applied(open, Map.of(Records.id(0), Instant.MAX))).isEmpty();
    index.add(Records.action(1, DISCARD, 0, "bert"));
    index.add(Records.action(2, REPLAY, 0, "bert"));

    assertThat(standing())
        .isEqualTo(new Standing(State.APPLIED, Instant.EPOCH, 1, Records.at(2), null, null));
    assertThat(index.open(null, 10)).isEmpty();
  }

  @Test
  void whatAnInstanceHasFoundOutIsKnownToOneThatStartsWhenTheIdIsForgotten() {
    index.add(Records.letter(0));
    index.add(Records.action(1, REPLAY, 0, "anna"));
    index.add(Records.action(2, APPLIED, 0, "waybill-consumer"));

    assertThat(standing())
        .isEqualTo(new Standing(State.APPLIED, Records.at(2), 1, Records.at(1), null, null));
    assertThat(index.unsettled().count()).isZero();
  }

  /** The event that has the id took effect before; what is in the letter never does. */
  @Test
  void conflictIsNotSettledByItsId() {
    index.add(Records.letter(0, 0, Reason.CONFLICT.name(), ""));

    assertThat(index.open(null, 10)).isEmpty();
    assertThat(index.unsettled().count()).isEqualTo(1);
  }

  @Test
  void replayedAreAskedForTheNewestFirstAndOthersByTurns() {
    for (int i = 0; i < 5; i++) {
      index.add(Records.letter(i));
    }
    index.add(Records.action(5, REPLAY, 1, "anna"));
    index.add(Records.action(6, REPLAY, 3, "anna"));
    index.add(Records.action(7, DISCARD, 0, "anna"));

    assertThat(index.replayed(10)).extracting(one -> one.place().offset()).containsExactly(3L, 1L);
    List<Letter> first = index.open(null, 2);
    assertThat(first).extracting(one -> one.place().offset()).containsExactly(1L, 2L);
    assertThat(index.open(Position.of(first.get(1)), 9))
        .extracting(one -> one.place().offset())
        .containsExactly(3L, 4L);
  }

  @Test
  void pagesAreWholeAndTheNewestComesFirstWhileMoreArrive() {
    for (int i = 0; i < 10; i++) {
      index.add(Records.letter(i % 3, i, "UNDECODABLE", ""));
    }
    List<Long> offsets = new ArrayList<>();
    LetterIndex.Page page = index.page(Records.ANY, null, 4);
    index.add(Records.letter(11));
    while (true) {
      page.entries().forEach(entry -> offsets.add(entry.letter().place().offset()));
      if (page.next() == null) {
        break;
      }
      page = index.page(Records.ANY, Position.parse(page.next().toString()).orElseThrow(), 4);
    }

    assertThat(offsets).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
  }

  @Test
  void eachFilterNarrowsItDown() {
    index.add(Records.letter(0));
    index.add(Records.letter(0, 1, "CONFLICT", "other"));
    index.add(Records.action(2, DISCARD, 0, "anna"));
    Instant at = Records.at(1);

    assertFound(new LetterFilter("CONFLICT", null, null, null, null, null, null, null), 1);
    assertFound(
        new LetterFilter(
            null, Fingerprint.of("CONFLICT", "other"), null, null, null, null, null, null),
        1);
    assertFound(new LetterFilter(null, null, Records.id(1), null, null, null, null, null), 1);
    assertFound(new LetterFilter(null, null, null, "k1", null, null, null, null), 1);
    assertFound(new LetterFilter(null, null, null, null, State.OPEN, null, null, null), 1);
    assertFound(new LetterFilter(null, null, null, null, null, "orders.events-1@0", null, null), 0);
    assertFound(new LetterFilter(null, null, null, null, null, null, at, null), 1);
    assertFound(new LetterFilter(null, null, null, null, null, null, null, at), 0);
  }

  @Test
  void groupsCountLettersOfOneFingerprint() {
    index.add(Records.letter(0));
    index.add(Records.letter(0, 1, "CONFLICT", "other"));
    index.add(Records.letter(2));
    index.add(Records.action(3, DISCARD, 0, "anna"));

    assertThat(index.groups(Records.ANY))
        .containsExactly(
            new LetterGroup(
                "UNDECODABLE",
                Fingerprint.of("UNDECODABLE", "no schema 0"),
                "no schema 2",
                2,
                1,
                Records.at(0),
                Records.at(2)),
            new LetterGroup(
                "CONFLICT",
                Fingerprint.of("CONFLICT", "other"),
                "other",
                1,
                1,
                Records.at(1),
                Records.at(1)));
  }

  @Test
  void oldestAreLeftOutAndThatIsSaid() {
    LetterIndex small = new LetterIndex(3);
    for (int i = 0; i < 3; i++) {
      small.add(Records.letter(i));
    }
    assertThat(small.page(Records.ANY, null, 10).truncated()).isFalse();

    small.add(Records.letter(3));
    small.add(Records.action(4, DISCARD, 0, "anna"));

    LetterIndex.Page page = small.page(Records.ANY, null, 10);
    assertThat(page.truncated()).isTrue();
    assertThat(page.entries())
        .extracting(entry -> entry.letter().place().offset())
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void whatRetentionDeletesIsNotShown() {
    index.add(Records.letter(0, 0, "CONFLICT", ""));
    index.add(Records.letter(0, 1, "CONFLICT", ""));
    index.add(Records.letter(1, 0, "CONFLICT", ""));

    index.dropBelow(Map.of(new TopicPartition(Records.TOPIC, 0), 1L));

    assertThat(index.page(Records.ANY, null, 10).entries())
        .extracting(entry -> entry.letter().place().toString())
        .containsExactly("letters-0@1", "letters-1@0");
  }

  @Test
  void whatIsNeitherALetterNorAnActionOfOneIsPassedOver() {
    index.add(Records.record(0, 0, "k", new RecordHeaders()));
    index.add(Records.action(1, DISCARD, 0, "anna"));
    RecordHeaders later = new RecordHeaders();
    later.add(LetterAction.ACTION, new byte[] {1});
    index.add(Records.record(0, 2, "k", later));

    assertThat(index.page(Records.ANY, null, 10).entries()).isEmpty();
  }

  private Standing standing() {
    return index.page(Records.ANY, null, 1).entries().get(0).standing();
  }

  private void assertFound(LetterFilter filter, long offset) {
    assertThat(index.page(filter, null, 10).entries())
        .as("%s", filter)
        .extracting(entry -> entry.letter().place().offset())
        .containsExactly(offset);
  }
}
