package dev.waybill.proof.demo;

import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.producer.load.LoadResult;
import dev.waybill.proof.KafkaClients;
import dev.waybill.stack.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;

/** One run on a stack that is ready: traffic, mischief, and the evidence at the end. */
final class Demo implements AutoCloseable {
  private static final double REPEATED_REQUESTS = 0.05;
  private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(3);
  private static final Duration REFRESH = Duration.ofMillis(200);

  private final LocalStack stack;
  private final Display display;
  private final int requests;
  private final Load load;
  private final Witness witness;
  private final KafkaProducer<byte[], byte[]> writer;
  private final Litter litter;

  Demo(LocalStack stack, Display display, double rate, int requests, long seed) {
    this.stack = stack;
    this.display = display;
    this.requests = requests;
    LoadOptions options = LoadOptions.of(URI.create(stack.producer().url()), rate, requests, seed);
    this.load = new Load(options.withRetryShare(REPEATED_REQUESTS));
    this.witness = new Witness(stack);
    this.writer = KafkaClients.writer(stack.kafka().bootstrapServers());
    this.litter = new Litter(writer, Witness.EVENTS, new Random(seed));
  }

  /** Runs traffic and mischief, waits until B has caught up, and collects the evidence. */
  Evidence run() throws InterruptedException, ExecutionException {
    witness.start();
    LoadResult traffic = traffic();
    traffic.failures().forEach(failure -> display.say("request failed: " + failure));
    display.say("all requests answered; B catches up");
    int changes = (int) traffic.progress().acknowledged();
    Evidence evidence = witness.evidence(changes, litter, () -> display.show(numbers()));
    display.show(numbers());
    return evidence;
  }

  private LoadResult traffic() throws InterruptedException, ExecutionException {
    Mischief mischief = new Mischief(stack, witness.published(), litter, display);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<LoadResult> running = thread.submit(load::run);
      while (!running.isDone()) {
        act(mischief, (double) load.progress().acknowledged() / requests);
      }
      long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
      while (!mischief.isOver() && System.nanoTime() < deadline) {
        act(mischief, 1);
      }
      return running.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private void act(Mischief mischief, double share)
      throws InterruptedException, ExecutionException {
    display.show(numbers());
    mischief.upTo(share);
    TimeUnit.MILLISECONDS.sleep(REFRESH.toMillis());
  }

  private Numbers numbers() {
    return new Numbers(
        requests,
        (int) load.progress().acknowledged(),
        witness.a().events(),
        witness.published().distinct(),
        witness.notified().distinct(),
        witness.deadLetters(),
        stack.relay().isAlive(),
        stack.consumer().isAlive());
  }

  @Override
  public void close() {
    witness.close();
    writer.close();
  }
}
