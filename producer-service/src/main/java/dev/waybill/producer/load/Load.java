package dev.waybill.producer.load;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of traffic against a running service.
 *
 * <p>Requests are due at fixed times, whether or not earlier ones were answered, and latency counts
 * from when a request was due, so that a service that stalls does not hide it. Each request has an
 * {@code Idempotency-Key} and is tried again when it gets no answer: the service may be restarted
 * while the run goes on. The steps of one order follow one another.
 *
 * <p>{@link #run} is called once; {@link #progress} and {@link #end} at any time, by any thread.
 */
public final class Load {
  private final LoadOptions options;
  private final LoadMeters meters = new LoadMeters();
  private final Consumer<Attempt> attempts;
  private volatile boolean ending;

  public Load(LoadOptions options) {
    this(options, attempt -> {});
  }

  /**
   * @param attempts told of each request that was sent, by the thread that sent it
   */
  public Load(LoadOptions options, Consumer<Attempt> attempts) {
    this.options = options;
    this.attempts = attempts;
  }

  /** How far the run is. Does not block. */
  public LoadProgress progress() {
    return meters.progress();
  }

  /** Lets the run begin no more requests: it ends when those begun are answered. Does not block. */
  public void end() {
    ending = true;
  }

  /**
   * Sends everything, or what is due until {@link #end}, and waits for the answers. Blocks; ends at
   * the latest some seconds after the time limit.
   *
   * @throws InterruptedException when interrupted; requests in flight are abandoned
   */
  public LoadResult run() throws InterruptedException {
    long startNanos = System.nanoTime();
    long deadlineNanos = startNanos + options.timeLimit().toNanos();
    Plan plan = new Plan(options.seed());
    ExecutorService threads = Executors.newCachedThreadPool(Load::daemon);
    try {
      Semaphore inFlight = new Semaphore(options.concurrency());
      Steps steps = new Steps(options, deadlineNanos, threads, meters, attempts);
      int begun = 0;
      while (begun < options.count() && !ending) {
        long dueNanos = startNanos + (long) (begun / options.rate() * 1e9);
        TimeUnit.NANOSECONDS.sleep(Math.min(dueNanos, deadlineNanos) - System.nanoTime());
        if (!inFlight.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
        begun++;
        steps.begin(plan.next(), dueNanos, inFlight::release);
      }
      inFlight.acquire(options.concurrency());
      if (begun < options.count() && !ending) {
        meters.failed(options.count() - begun, "not sent: the time limit was over");
      }
    } finally {
      threads.shutdownNow();
    }
    return result(plan);
  }

  private LoadResult result(Plan plan) {
    return new LoadResult(
        meters.progress(),
        plan.orders().stream().map(SimulatedOrder::acknowledged).flatMap(Optional::stream).toList(),
        meters.failures());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load");
    thread.setDaemon(true);
    return thread;
  }
}
