package dev.waybill.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows already written depend on these values: they may never change. */
class SlotsTest {
  /** The check value of CRC-32C (RFC 3720) is 0xE3069283. */
  @Test
  void slotIsTheLastByteOfTheChecksum() {
    assertThat(Slots.of("123456789")).isEqualTo(0x83);
  }

  @Test
  void everySlotIsUsed() {
    assertThat(IntStream.range(0, 5_000).map(i -> Slots.of("i" + i)).distinct())
        .hasSize(Slots.COUNT)
        .allMatch(slot -> slot >= 0 && slot < Slots.COUNT);
  }

  @Test
  void idsAreTakenAsUtf8() {
    assertThat(Slots.of("ıİß😀")).isEqualTo(66);
  }
}
