package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void whatIsStoredIsReadAgain() {
    Versions versions =
        Versions.decode(
            Versions.NONE.withApplied(1).withApplied(6).withApplied(3).withDeadLetter(8).encode());

    assertThat(versions.last()).isEqualTo(6);
    assertThat(missing(versions, 10)).containsExactly(2L, 4L, 5L);
    assertThat(versions.skippedBy(9)).as("7, but not the letter 8").isEqualTo(1);
  }

  @Test
  void whatIsOutstandingIsShownInRanges() {
    Versions versions =
        Versions.NONE.withApplied(1).withApplied(6).withApplied(3).withDeadLetter(8);

    assertThat(versions.shown())
        .isEqualTo(
            new AggregateVersions(
                6,
                List.of(new AggregateVersions.Range(2, 2), new AggregateVersions.Range(4, 5)),
                List.of(8L)));
  }

  @Test
  void whatADeadLetterClaimsMovesNothing() {
    Versions versions = Versions.NONE.withApplied(1).withDeadLetter(Envelope.LARGEST_VERSION);

    assertThat(versions.last()).isEqualTo(1);
    assertThat(versions.skippedBy(2)).isZero();
    assertThat(versions.withApplied(2).last()).isEqualTo(2);
  }

  @Test
  void skippedVersionsAreExactlyThoseThatWereNeverApplied() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Versions versions = Versions.NONE;
    Set<Long> applied = new HashSet<>();
    long highest = 0;
    for (int i = 0; i < 200; i++) {
      long version = 1L + random.nextInt(150);
      if (version > highest || versions.isMissing(version)) {
        versions = Versions.decode(versions.withApplied(version).encode());
        highest = Math.max(highest, version);
        applied.add(version);
      }
    }

    assertThat(missing(versions, 151))
        .as("seed %s", seed)
        .doesNotContainAnyElementsOf(applied)
        .hasSize((int) highest - applied.size());
  }

  @Test
  void floodForOneAggregateStaysBoundedAndTheNewestAreKept() {
    Versions versions = Versions.NONE;
    for (int version = 2; version <= 3_000; version += 2) {
      versions = versions.withApplied(version).withDeadLetter(10_000 + version);
    }

    assertThat(versions.encode().length).isLessThan(3_000);
    assertThat(versions.isMissing(1)).isFalse();
    assertThat(versions.isMissing(2_999)).isTrue();
  }

  @Test
  void whatTheVersionBeforeStoredIsTakenOver() {
    ByteBuffer stored = ByteBuffer.allocate(1 + 4 * Long.BYTES);
    stored.put((byte) 1).putLong(9).putLong(6).putLong(3).putLong(8);

    Versions versions = Versions.decode(stored.array());

    assertThat(versions.last()).as("applied").isEqualTo(6);
    assertThat(missing(versions, 10)).containsExactly(3L);
    assertThat(versions.skippedBy(9)).as("7, but not the letter 8").isEqualTo(1);
  }

  @Test
  void formatOfALaterVersionIsRefused() {
    byte[] stored = Versions.NONE.withApplied(1).encode();
    stored[0] = 3;

    assertThatThrownBy(() -> Versions.decode(stored)).hasMessageContaining("format 3");
  }

  private static List<Long> missing(Versions versions, long below) {
    List<Long> missing = new ArrayList<>();
    for (long version = 1; version < below; version++) {
      if (versions.isMissing(version)) {
        missing.add(version);
      }
    }
    return missing;
  }
}
