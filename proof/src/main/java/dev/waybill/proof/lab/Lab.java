package dev.waybill.proof.lab;

import dev.waybill.proof.StackFolder;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.LabRun;
import dev.waybill.proof.lab.ledger.VariantLedger;
import dev.waybill.runtime.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run. The servers are shared; each pattern has its own processes, database and networks. What
 * a pattern costs is measured for one after the other, what it loses for all at the same time,
 * because most of that is waiting.
 */
final class Lab implements AutoCloseable {
  private static final Duration REFRESH = Duration.ofMillis(250);

  private final Path folder;
  private final LabPlan plan;
  private final LabDisplay display;
  private final Closer closer = new Closer();
  private final Map<Variant, Experiment> experiments = new EnumMap<>(Variant.class);
  private final Map<Variant, String> failures = new EnumMap<>(Variant.class);
  private final long began = System.currentTimeMillis();
  private boolean closed;

  Lab(Path folder, LabPlan plan, LabDisplay display) {
    this.folder = folder.toAbsolutePath();
    this.plan = plan;
    this.display = display;
  }

  /**
   * Runs all of it; a pattern whose world fails is in the ledger with why, and so is each that was
   * not done when another thread {@linkplain #close closed} the lab.
   */
  LabLedger run() throws IOException, InterruptedException {
    StackFolder.empty(folder);
    display.say("starting real servers; data and logs in " + folder);
    try {
      begin(open(() -> LabServers.start(folder, plan.variants())));
      display.say("all of them get warm");
      experiments.values().forEach(Experiment::warmUp);
      Attacker.pause(Experiment.WARM_UP);
      experiments.values().forEach(Experiment::stopLoad);
      for (Map.Entry<Variant, Experiment> one : experiments.entrySet()) {
        attempt(one.getKey(), one.getValue()::idle);
      }
      for (Variant variant : plan.variants()) {
        control(variant);
      }
      display.say("the same faults for all of them, %s seeds".formatted(plan.seeds()));
      attackAll();
    } catch (RuntimeException | SQLException failure) {
      plan.variants().forEach(variant -> failures.putIfAbsent(variant, failure.toString()));
    }
    LabLedger ledger = ledger();
    display.end();
    return ledger;
  }

  /** Something that opens a part. */
  @FunctionalInterface
  private interface Opening<T> {
    T open() throws SQLException;
  }

  /** {@link #close} waits for what is being opened, and nothing is opened after it. */
  private synchronized <T extends AutoCloseable> T open(Opening<T> opening) throws SQLException {
    if (closed) {
      throw new IllegalStateException("the lab is closed");
    }
    return closer.add(opening.open());
  }

  private void begin(LabServers servers) throws InterruptedException {
    Map<Variant, Party> parties = new EnumMap<>(Variant.class);
    for (Variant variant : plan.variants()) {
      try {
        Path its = folder.resolve(variant.text());
        parties.put(variant, open(() -> new Party(servers, variant, its, Load.accounts())));
        parties.get(variant).begin();
      } catch (Exception failure) {
        fail(variant, failure);
      }
    }
    servers.checkpoint();
    for (Map.Entry<Variant, Party> party : parties.entrySet()) {
      try {
        party.getValue().awaitReady();
        experiments.put(
            party.getKey(), open(() -> new Experiment(party.getValue(), experiments.size())));
        display.say(party.getValue() + ": ready");
      } catch (RuntimeException | SQLException failure) {
        fail(party.getKey(), failure);
      }
    }
  }

  private void fail(Variant variant, Exception failure) throws InterruptedException {
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    display.say(variant.text() + ": the world failed: " + failure);
    failures.put(variant, failure.toString());
  }

  private void control(Variant variant) throws InterruptedException {
    Experiment experiment = experiments.get(variant);
    if (experiment != null) {
      display.say(variant.text() + ": control, without faults");
      attempt(variant, () -> experiment.control(plan.controlTime()));
    }
  }

  /** Something that can fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private void attempt(Variant variant, Work work) throws InterruptedException {
    try {
      work.run();
    } catch (Exception failure) {
      fail(variant, failure);
    }
  }

  private void attackAll() throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Map<Variant, Future<?>> running = new EnumMap<>(Variant.class);
      experiments.forEach(
          (variant, experiment) ->
              running.put(
                  variant,
                  threads.submit(
                      () -> {
                        experiment.attack(plan.seeds(), plan.faults(), display::say);
                        return variant;
                      })));
      for (Map.Entry<Variant, Future<?>> one : running.entrySet()) {
        await(one.getKey(), one.getValue());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void await(Variant variant, Future<?> running) throws InterruptedException {
    while (true) {
      try {
        running.get(REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        display.show(List.copyOf(experiments.values()));
      } catch (ExecutionException failure) {
        fail(variant, failure.getCause() instanceof Exception cause ? cause : failure);
        return;
      }
    }
  }

  private LabLedger ledger() throws InterruptedException {
    List<VariantLedger> variants = new ArrayList<>();
    for (Variant variant : plan.variants()) {
      Experiment experiment = experiments.get(variant);
      try {
        if (experiment != null && !failures.containsKey(variant)) {
          variants.add(experiment.ledger());
        }
      } catch (Exception failure) {
        fail(variant, failure);
      }
      String failure = failures.get(variant);
      if (failure != null) {
        variants.add(VariantLedger.failed(variant.text(), variant.words(), failure));
      }
    }
    return new LabLedger(
        new LabRun(
            plan.command(),
            Machine.words(),
            began,
            plan.seeds(),
            plan.faults().stream().map(LabFault::text).toList()),
        variants);
  }

  /** Stops everything, and starts nothing more; the data stays. */
  @Override
  public synchronized void close() {
    closed = true;
    closer.close();
  }
}
