package dev.waybill.consumer.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AppliedLettersTest {
  private final LetterIndex index = new LetterIndex();
  private final List<Collection<UUID>> asked = new ArrayList<>();
  private final List<LetterAction> said = new ArrayList<>();

  @Test
  void lettersWhoseEventsTookEffectAreAppliedAndAskedForNoMore() {
    for (int i = 0; i < 3; i++) {
      index.add(Records.letter(i));
    }
    index.add(Records.action(3, LetterAction.Kind.REPLAY, 2, "anna"));
    index.add(Records.action(4, LetterAction.Kind.DISCARD, 0, "anna"));
    try (AppliedLetters applied = new AppliedLetters(index, this::none, "b", said::add)) {
      applied.ask();
    }
    assertThat(asked)
        .containsExactly(List.of(Records.id(2)), List.of(Records.id(1), Records.id(2)));

    asked.clear();
    try (AppliedLetters applied = new AppliedLetters(index, this::all, "b", said::add)) {
      applied.ask();
      applied.ask();
    }
    assertThat(asked).containsExactly(List.of(Records.id(2)), List.of(Records.id(1)));
    assertThat(index.unsettled().count()).isZero();
    assertThat(said)
        .containsExactly(
            new LetterAction(
                LetterAction.Kind.APPLIED,
                new LetterPlace(Records.TOPIC, 0, 2),
                "b",
                "",
                Instant.EPOCH),
            new LetterAction(
                LetterAction.Kind.APPLIED,
                new LetterPlace(Records.TOPIC, 0, 1),
                "b",
                "",
                Instant.EPOCH));
  }

  @Test
  void manyAreAskedForInBatchesAndByTurns() {
    for (int i = 0; i < 700; i++) {
      index.add(Records.letter(i));
    }
    try (AppliedLetters applied = new AppliedLetters(index, this::none, "b", said::add)) {
      applied.ask();
      assertThat(asked).hasSize(5).allMatch(ids -> ids.size() == 100);
      applied.ask();
      assertThat(asked).hasSize(7);
      assertThat(asked.get(5)).contains(Records.id(500));
      applied.ask();
      assertThat(asked.get(7)).contains(Records.id(0));
    }
  }

  private Map<UUID, Instant> none(Collection<UUID> ids) {
    asked.add(List.copyOf(ids));
    return Map.of();
  }

  private Map<UUID, Instant> all(Collection<UUID> ids) {
    asked.add(List.copyOf(ids));
    return ids.stream().collect(Collectors.toMap(id -> id, id -> Instant.EPOCH));
  }
}
