package dev.waybill.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows already written depend on these values: they may never change. */
class LanesTest {
  /** The check value of CRC-32C (RFC 3720) is 0xE3069283. */
  @Test
  void laneIsTheUnsignedChecksumModuloTheLanes() {
    assertThat(Lanes.of("123456789", 32767)).isEqualTo((int) (0xE3069283L % 32767));
    assertThat(Lanes.of("123456789", 4)).isEqualTo(3);
    assertThat(Lanes.of("123456789", 7)).isEqualTo((int) (0xE3069283L % 7));
  }

  @Test
  void everyLaneIsUsedAndOneLaneIsAlwaysTheFirst() {
    List<Integer> lanes =
        IntStream.range(0, 200).mapToObj(i -> Lanes.of("i" + i, 4)).distinct().sorted().toList();

    assertThat(lanes).containsExactly(0, 1, 2, 3);
    assertThat(Lanes.of("ıİß😀", 1)).isZero();
  }

  @Test
  void idsAreTakenAsUtf8() {
    assertThat(Lanes.of("ıİß😀", 1000)).isEqualTo(130);
  }
}
