package dev.waybill.consumer;

import dev.waybill.deduplication.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what is decided about records. Each counter also counts what is then aborted. */
final class ConsumerMeters {
  private final Counter gaps;
  private final Counter skipped;
  private final Timer latency;
  private final Counter deltasDropped;
  private final Cases outcomes;

  ConsumerMeters(MeterRegistry registry) {
    gaps =
        Counter.builder("waybill.consumer.gaps")
            .description("Events before which versions of their aggregate were never seen")
            .register(registry);
    skipped =
        Counter.builder("waybill.consumer.versions.skipped")
            .description("Versions of aggregates that were never seen")
            .register(registry);
    latency =
        Timer.builder("waybill.consumer.latency")
            .description("From when an event occurred until it was applied, before the commit")
            .publishPercentileHistogram()
            .register(registry);
    deltasDropped =
        Counter.builder("waybill.consumer.deltas.dropped")
            .description("Additions to customers' totals that came again and were not added again")
            .register(registry);
    outcomes = new Cases(registry);
  }

  void decided(Decision decision) {
    decision.on(outcomes);
  }

  void applied(Duration sinceItOccurred) {
    latency.record(sinceItOccurred);
  }

  void deltaDropped() {
    deltasDropped.increment();
  }

  private void gap(long versions) {
    if (versions > 0) {
      gaps.increment();
      skipped.increment((double) versions);
    }
  }

  private final class Cases implements Decision.Cases {
    private final Counter applied;
    private final Counter late;
    private final Counter replayed;
    private final Counter duplicate;
    private final Counter stale;
    private final Counter conflict;
    private final Counter versionTaken;
    private final Counter deadLetter;

    Cases(MeterRegistry registry) {
      applied = outcome(registry, "applied");
      late = outcome(registry, "late");
      replayed = outcome(registry, "replayed");
      duplicate = outcome(registry, "duplicate");
      stale = outcome(registry, "stale");
      conflict = outcome(registry, "conflict");
      versionTaken = outcome(registry, "version_taken");
      deadLetter = outcome(registry, "dead_letter");
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
      return Counter.builder("waybill.consumer.records")
          .description("Records of the topic by what was decided about them")
          .tag("outcome", outcome)
          .register(registry);
    }

    @Override
    public void applied(Decision.Applied decision) {
      applied.increment();
      gap(decision.skipped());
    }

    @Override
    public void late(Decision.Late decision) {
      late.increment();
    }

    @Override
    public void replayed(Decision.Replayed decision) {
      replayed.increment();
      gap(decision.skipped());
    }

    @Override
    public void duplicate(Decision.Duplicate decision) {
      duplicate.increment();
    }

    @Override
    public void stale(Decision.Stale decision) {
      stale.increment();
    }

    @Override
    public void conflict(Decision.Conflict decision) {
      conflict.increment();
    }

    @Override
    public void versionTaken(Decision.VersionTaken decision) {
      versionTaken.increment();
    }

    @Override
    public void deadLettered(Decision.DeadLettered decision) {
      deadLetter.increment();
    }
  }
}
