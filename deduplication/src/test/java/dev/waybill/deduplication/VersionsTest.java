package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void whatIsStoredIsReadAgain() {
    Versions versions =
        Versions.decode(
            Versions.NONE
                .withApplied(1)
                .withDeadLetter(2)
                .withDeadLetter(5)
                .withApplied(6)
                .withApplied(2)
                .encode());

    assertThat(versions.last()).isEqualTo(6);
    assertThat(versions.isOutstanding(5)).isTrue();
    assertThat(versions.isOutstanding(2)).isFalse();
    assertThat(versions.newerApplied(5)).isTrue();
    assertThat(versions.newerApplied(6)).isFalse();
    assertThat(versions.skippedBy(9)).isEqualTo(2);
  }

  @Test
  void floodOfDeadLettersForOneAggregateStaysBounded() {
    Versions versions = Versions.NONE;
    for (int version = 1; version <= 3_000; version++) {
      versions = versions.withDeadLetter(version);
    }

    assertThat(versions.encode().length).isLessThan(9_000);
    assertThat(versions.isOutstanding(2_000)).isFalse();
    assertThat(versions.isOutstanding(2_001)).isTrue();
    assertThat(versions.isOutstanding(3_000)).isTrue();
  }

  @Test
  void formatOfALaterVersionIsRefused() {
    byte[] stored = Versions.NONE.withApplied(1).encode();
    stored[0] = 2;

    assertThatThrownBy(() -> Versions.decode(stored)).hasMessageContaining("format 2");
  }
}
