package dev.waybill.console.letters;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.systems.AwayException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of this process, one after the other in the background, and those of others that
 * were planned and never ended: whoever is silent for {@value #SILENT_SECONDS} s is taken for dead,
 * and what is left is done here. Thread-safe.
 */
public final class Operations implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Operations.class);

  private static final int SILENT_SECONDS = 30;
  private static final int REMEMBERED = 100;

  private final Bulk.Tools tools;
  private final Clock clock;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "operations"));
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "operations-watch"));
  private final Map<String, Progress> known = new LinkedHashMap<>();
  private final Map<String, Bulk> running = new LinkedHashMap<>();

  /** Begins nothing yet. */
  public Operations(Bulk.Tools tools, Clock clock) {
    this.tools = tools;
    this.clock = clock;
  }

  /** Begins a plan in the background, as soon as those before it are over; says how it stands. */
  public Progress begin(Plan plan) {
    Bulk bulk = new Bulk(tools, plan, clock);
    Progress before = bulk.before();
    told(before);
    submit(plan.operation(), bulk, () -> bulk.run(this::told));
    return before;
  }

  /** Carries a plan out in this thread. */
  public Progress run(Plan plan, Consumer<Progress> told) throws InterruptedException {
    Bulk bulk = new Bulk(tools, plan, clock);
    synchronized (this) {
      running.put(plan.operation(), bulk);
    }
    try {
      return bulk.run(told);
    } finally {
      over(plan.operation());
    }
  }

  /** From now on looks every half a minute whether one has broken off. */
  public void start() {
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(this::resumeIfPossible, 1, SILENT_SECONDS, TimeUnit.SECONDS);
  }

  private void resumeIfPossible() {
    try {
      resume();
    } catch (AwayException away) {
      log.info("the journal cannot be read yet: {}", away.getMessage());
    } catch (RuntimeException failure) {
      log.error("operations that broke off are not looked for; tried again soon", failure);
    }
  }

  /**
   * Goes on with what was planned and has not ended, where nobody else seems to.
   *
   * @throws AwayException when the journal cannot be read
   */
  void resume() {
    for (Journal.Operation one : tools.journal().unfinished()) {
      Entry last = one.last();
      String id = one.plan().operation();
      boolean silent = Duration.between(last.at(), clock.instant()).toSeconds() >= SILENT_SECONDS;
      if (silent && find(id).isEmpty()) {
        goOn(one);
      }
    }
  }

  private void goOn(Journal.Operation one) {
    if (Plan.isRepair(one.plan())) {
      breakOff(one);
      return;
    }
    Entry last = one.last();
    Plan plan = Plan.of(one.plan());
    log.warn(
        "operation {} ({} of {} letters by {}) did not end; it goes on at letter {}",
        plan.operation(),
        plan.action(),
        plan.letters().size(),
        plan.by(),
        last.done());
    Bulk bulk = new Bulk(tools, plan, clock);
    told(bulk.before());
    submit(plan.operation(), bulk, () -> bulk.goOn(last.done(), this::told));
  }

  /** What was edited is not in the journal: the letter as it was must not be sent instead. */
  private void breakOff(Journal.Operation one) {
    Entry plan = one.plan();
    String words =
        "broken off, and what was edited is not kept. Whether it was sent, the letter says: %s"
            .formatted(String.join(", ", plan.places()));
    log.warn("operation {} (by {}) is {}", plan.operation(), plan.by(), words);
    Entry end = plan.then(Entry.STOPPED, clock.instant(), one.last().done(), Map.of(), words);
    tools.journal().write(end);
    told(Progress.of(new Journal.Operation(plan, end)));
  }

  /** What is known of it; empty when this process has nothing to do with it. */
  public synchronized Optional<Progress> find(String operation) {
    return Optional.ofNullable(known.get(operation));
  }

  /** The last, the newest first. */
  public synchronized List<Progress> last() {
    List<Progress> all = new ArrayList<>(known.values());
    Collections.reverse(all);
    return List.copyOf(all);
  }

  /** Ends one after the letters that are being done; false when it does not run here. */
  public synchronized boolean stop(String operation) {
    Bulk bulk = running.get(operation);
    if (bulk != null) {
      bulk.stop();
    }
    return bulk != null;
  }

  /** Does a part of an operation. */
  @FunctionalInterface
  private interface Part {
    Progress run() throws InterruptedException;
  }

  private void submit(String operation, Bulk bulk, Part part) {
    synchronized (this) {
      running.put(operation, bulk);
    }
    worker.execute(() -> run(operation, part));
  }

  private void run(String operation, Part part) {
    try {
      told(part.run());
    } catch (InterruptedException stopping) {
      log.info("operation {} is broken off; it goes on when the console runs again", operation);
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      log.error("operation {} failed", operation, failure);
      find(operation).ifPresent(at -> told(at.failed(String.valueOf(failure.getMessage()))));
    } finally {
      over(operation);
    }
  }

  private synchronized void told(Progress progress) {
    known.put(progress.operation(), progress);
    if (known.size() > REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
  }

  private synchronized void over(String operation) {
    running.remove(operation);
  }

  /** Breaks off what runs, which goes on when a console runs again. */
  @Override
  public void close() {
    watch.shutdownNow();
    worker.shutdownNow();
    try {
      boolean unused = worker.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
