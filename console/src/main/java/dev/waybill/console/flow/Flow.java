package dev.waybill.console.flow;

import dev.waybill.console.systems.Relays;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the path once a second, for all who look, and only while somebody does. Thread-safe. */
public final class Flow implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Flow.class);

  /** For so long after somebody asked, it goes on looking. */
  private static final Duration WANTED = Duration.ofSeconds(15);

  private final Look look;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "flow"));
  private volatile Instant wanted = Instant.EPOCH;
  private volatile Flowing last = Flowing.NOTHING;

  /** Looks at nothing yet. */
  public Flow(SystemA a, Relays relays, SystemB b, Clock clock) {
    this.look = new Look(a, relays, b);
    this.clock = clock;
  }

  /** Begins to look whenever somebody wants to know. */
  public void start() {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::lookIfWanted, 0, 1, TimeUnit.SECONDS);
  }

  /** What was seen last; says that somebody wants to know. */
  public Flowing now() {
    wanted = clock.instant();
    return last;
  }

  private void lookIfWanted() {
    Instant now = clock.instant();
    if (Duration.between(wanted, now).compareTo(WANTED) > 0) {
      last = Flowing.NOTHING;
      return;
    }
    try {
      last = look.now(now);
    } catch (RuntimeException failure) {
      log.error("the path cannot be looked at; it is tried again in a second", failure);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
