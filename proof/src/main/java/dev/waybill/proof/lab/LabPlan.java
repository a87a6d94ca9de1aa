package dev.waybill.proof.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is run.
 *
 * @param seeds how many, from 1
 * @param controlTime how long a pattern is looked at without faults
 */
record LabPlan(List<Variant> variants, int seeds, List<LabFault> faults, Duration controlTime) {
  static final int SEEDS = 5;

  private static final Duration CONTROL = Duration.ofSeconds(5);

  LabPlan {
    variants = List.copyOf(variants);
    faults = List.copyOf(faults);
  }

  static LabPlan of(List<Variant> variants, int seeds, List<LabFault> faults) {
    return new LabPlan(variants, seeds, faults, CONTROL);
  }

  /** One seed, and a shorter look. */
  LabPlan quick() {
    return new LabPlan(variants, 1, faults, Duration.ofSeconds(2));
  }

  /** The command line that does the same. */
  String command() {
    return "./waybill lab --patterns %s --faults %s %s"
        .formatted(
            variants.stream().map(Variant::text).collect(Collectors.joining(",")),
            faults.stream().map(LabFault::text).collect(Collectors.joining(",")),
            controlTime.equals(CONTROL) ? "--seeds " + seeds : "--quick");
  }
}
