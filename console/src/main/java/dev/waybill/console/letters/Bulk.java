package dev.waybill.console.letters;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Records;
import dev.waybill.console.systems.Sender;
import dev.waybill.deduplication.LetterPlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries a plan out: written to the journal first, then so many letters a second, with an entry of
 * progress every two seconds; at last what came of each. Killed in between, it goes on where its
 * last entry stands: the letters since then are done again, which has no effect. Of one thread, but
 * for {@link #stop}.
 */
public final class Bulk {
  private static final Duration SAID_EVERY = Duration.ofSeconds(2);
  private static final Duration OUTCOMES_WITHIN = Duration.ofSeconds(20);

  private final Journal journal;
  private final Execution execution;
  private final Results results;
  private final Pause pause;
  private final Clock clock;
  private final Plan plan;
  private final Entry planned;
  private volatile boolean stopped;
  private int done;

  /** What plans are carried out with. */
  public record Tools(
      Journal journal, Records records, Sender sender, String replays, Outcomes outcomes) {}

  /** Waits; an interrupt ends the wait. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** Begins nothing yet. */
  public Bulk(Tools tools, Plan plan, Clock clock) {
    this(tools, plan, clock, time -> Thread.sleep(time.toMillis()));
  }

  Bulk(Tools tools, Plan plan, Clock clock, Pause pause) {
    this.journal = tools.journal();
    this.execution = new Execution(tools.records(), tools.sender(), tools.replays(), plan);
    this.results = new Results(tools.outcomes());
    this.plan = plan;
    this.planned = plan.entry(clock.instant());
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Writes the plan, and carries it out. Blocks until its end.
   *
   * @param told of each step
   * @throws AwayException when the journal cannot be written; nothing is done without it
   * @throws InterruptedException when this process ends; whoever comes next goes on
   */
  public Progress run(Consumer<Progress> told) throws InterruptedException {
    journal.write(planned);
    return goOn(0, told);
  }

  /**
   * Carries out the rest of a plan that was written before.
   *
   * @throws InterruptedException when this process ends; whoever comes next goes on
   */
  Progress goOn(int from, Consumer<Progress> told) throws InterruptedException {
    done = from;
    Instant said = clock.instant();
    told.accept(progress(Entry.PROGRESS, ""));
    int step = Math.max(1, plan.rate() / 5);
    while (done < plan.letters().size() && !stopped) {
      List<LetterPlace> some =
          plan.letters().subList(done, Math.min(done + step, plan.letters().size()));
      try {
        results.remember(carryOut(some));
        done += some.size();
        told.accept(progress(Entry.PROGRESS, ""));
      } catch (AwayException away) {
        told.accept(progress(Entry.PROGRESS, "waits: " + away.getMessage()));
        pause.of(Duration.ofSeconds(1));
      }
      pause.of(Duration.ofMillis(1_000L * some.size() / plan.rate()));
      if (Duration.between(said, clock.instant()).compareTo(SAID_EVERY) >= 0) {
        said = clock.instant();
        write(Entry.PROGRESS, "");
      }
    }
    return end(told);
  }

  private Progress end(Consumer<Progress> told) throws InterruptedException {
    Instant deadline = clock.instant().plus(OUTCOMES_WITHIN);
    while (!stopped && results.isAnyUndecided() && clock.instant().isBefore(deadline)) {
      told.accept(progress(Entry.PROGRESS, "waits for what B makes of them"));
      pause.of(Duration.ofMillis(500));
    }
    noteRepair();
    String step = stopped && done < plan.letters().size() ? Entry.STOPPED : Entry.FINISHED;
    Progress last = progress(step, "");
    write(step, String.join(", ", last.counts().keySet()));
    told.accept(last);
    return last;
  }

  private List<Execution.Done> carryOut(List<LetterPlace> some) {
    Repair repair = plan.repair();
    if (repair == null) {
      results.lookBefore(execution.eventIds(some));
      return execution.run(some, clock.instant());
    }
    // Another record under its id would take the place of what took effect, for a B built anew.
    return results.tookEffectBefore(repair.eventId())
        ? List.of(execution.leftOut(repair))
        : List.of(execution.run(repair, clock.instant()));
  }

  /** B knows a letter by the id that it had. */
  private void noteRepair() throws InterruptedException {
    Repair repair = plan.repair();
    if (repair != null && repair.hasNewId() && results.isApplied(repair.letter().place())) {
      insist(() -> execution.noteApplied(repair, clock.instant()));
    }
  }

  /** Ends it after the letters that are being done. */
  public void stop() {
    stopped = true;
  }

  /** As it stands before it is begun. */
  Progress before() {
    return progress(Entry.PLANNED, "");
  }

  private Progress progress(String step, String words) {
    return new Progress(
        plan.operation(),
        plan.name(),
        plan.by(),
        step,
        plan.letters().size(),
        done,
        results.each(),
        words);
  }

  private void write(String step, String words) throws InterruptedException {
    Map<String, Integer> counts = progress(step, "").counts();
    String said = words.isEmpty() ? null : words;
    insist(() -> journal.write(planned.then(step, clock.instant(), done, counts, said)));
  }

  private void insist(Runnable writes) throws InterruptedException {
    while (true) {
      try {
        writes.run();
        return;
      } catch (AwayException away) {
        pause.of(Duration.ofSeconds(1));
      }
    }
  }
}
