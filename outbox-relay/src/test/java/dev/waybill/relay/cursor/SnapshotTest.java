package dev.waybill.relay.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

  @ParameterizedTest
  @ValueSource(strings = {"746:746:", "746:748:746", "10:20:10,14,15", "4294967296:9000000000:"})
  void writesWhatItRead(String text) {
    assertThat(Snapshot.parse(text)).hasToString(text);
  }

  @Test
  void namesTheTransactionsInProgressAsAnArray() {
    assertThat(Snapshot.parse("10:20:10,14").inProgressArray()).isEqualTo("{10,14}");
    assertThat(Snapshot.parse("10:20:").inProgressArray()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1:2", "a:b:", "2:1:", "0:0:", "1:2:1,", "1:2:x", "1:99999999999999999999:"})
  void anythingElseIsNoSnapshot(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Snapshot.parse(text));
  }

  @Test
  void cutShortItForgetsWhatBeganFromTheNumberOn() {
    Snapshot snapshot = new Snapshot(10, 20, List.of(10L, 14L, 19L));

    assertThat(snapshot.before(15)).hasToString("10:15:10,14");
    assertThat(snapshot.before(14)).hasToString("10:14:10");
    assertThat(snapshot.before(5)).hasToString("5:5:");
    assertThat(snapshot.before(20)).isEqualTo(snapshot);
    assertThat(snapshot.before(99)).isEqualTo(snapshot);
    assertThat(snapshot.before(0)).isEqualTo(Snapshot.NOTHING);
  }
}
