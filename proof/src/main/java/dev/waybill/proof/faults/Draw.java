package dev.waybill.proof.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Chance, of one seed. Not thread-safe. */
final class Draw {
  private final Random random;

  Draw(long seed) {
    this.random = new Random(seed);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration seconds(double least, double most) {
    return Duration.ofMillis(Math.round(1000 * (least + random.nextDouble() * (most - least))));
  }
}
