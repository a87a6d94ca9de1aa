package dev.waybill.producer.load;

import dev.waybill.producer.load.Plan.Planned;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Sends the steps of orders' lives and checks what is answered. */
final class Steps {
  private final OrderClient client;
  private final ExecutorService threads;
  private final LoadMeters meters;
  private final double retryShare;
  private final SplittableRandom random;
  // Not from the seed: a second run with the same seed would only get the first one's answers.
  private final String run = UUID.randomUUID().toString();
  private long begun;

  Steps(
      LoadOptions options,
      long deadlineNanos,
      ExecutorService threads,
      LoadMeters meters,
      Consumer<Attempt> attempts) {
    this.client =
        new OrderClient(options.url(), options.retryFor(), deadlineNanos, meters, attempts);
    this.threads = threads;
    this.meters = meters;
    this.retryShare = options.retryShare();
    this.random = new SplittableRandom(options.seed());
  }

  private enum Repeat {
    NOT,
    AT_ONCE,
    AFTERWARDS
  }

  private record Task(Planned planned, String key, Repeat repeat, long dueNanos) {
    Step step() {
      return planned.step();
    }

    SimulatedOrder order() {
      return planned.order();
    }
  }

  /** Begins a step in a thread of its own. Called by one thread, in the order of the plan. */
  void begin(Planned planned, long dueNanos, Runnable done) {
    Task task = new Task(planned, run + "-" + begun++, repeat(), dueNanos);
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> before = planned.order().after(mine);
    threads.execute(
        () -> {
          boolean acknowledged = false;
          try {
            acknowledged = take(task, before);
          } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
          } catch (ExecutionException | RuntimeException failure) {
            meters.failed(1, task.step() + " failed: " + failure);
          } finally {
            mine.complete(acknowledged);
            done.run();
          }
        });
  }

  private Repeat repeat() {
    if (random.nextDouble() >= retryShare) {
      return Repeat.NOT;
    }
    return random.nextBoolean() ? Repeat.AT_ONCE : Repeat.AFTERWARDS;
  }

  private boolean take(Task task, CompletableFuture<Boolean> before)
      throws InterruptedException, ExecutionException {
    if (!before.get()) {
      meters.failed(1, task.step() + " not sent: an earlier step of its order failed");
      return false;
    }
    meters.sent();
    String path = task.order().path();
    List<Future<Reply>> twins =
        task.repeat() == Repeat.AT_ONCE
            ? List.of(threads.submit(() -> send(task, path)))
            : List.of();
    Reply reply = send(task, path);
    long answeredNanos = System.nanoTime();
    Optional<String> wrong = Expectation.check(task.step(), task.order(), reply);
    if (wrong.isEmpty() && task.repeat() == Repeat.AFTERWARDS) {
      wrong = compare(task, reply, send(task, path));
    }
    for (Future<Reply> twin : twins) {
      Reply other = twin.get();
      wrong = wrong.isPresent() ? wrong : compare(task, reply, other);
    }
    wrong.ifPresentOrElse(
        why -> meters.failed(1, why), () -> meters.acknowledged(task.dueNanos(), answeredNanos));
    return wrong.isEmpty();
  }

  private Optional<String> compare(Task task, Reply reply, Reply again) {
    if (!reply.sameAs(again)) {
      return Optional.of(task.step() + " was answered " + reply + " and, repeated, " + again);
    }
    meters.repeated();
    return Optional.empty();
  }

  private Reply send(Task task, String path) throws InterruptedException {
    return client.send(task.step(), path, task.key(), task.planned().body());
  }
}
