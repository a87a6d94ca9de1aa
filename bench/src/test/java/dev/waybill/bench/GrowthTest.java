package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GrowthTest {
  @Test
  void sizesArePowersOfTenUpToTheLargest() {
    assertThat(Growth.sizes(10_000_000)).containsExactly(1_000_000L, 10_000_000L);
    assertThat(Growth.sizes(99_999_999)).containsExactly(1_000_000L, 10_000_000L);
    assertThat(Growth.sizes(500)).containsExactly(500L);
  }
}
