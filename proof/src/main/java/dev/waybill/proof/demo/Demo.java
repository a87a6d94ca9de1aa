package dev.waybill.proof.demo;

import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.producer.load.LoadResult;
import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.systems.Topics;
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

  /** As much more than was asked for, if the misfortunes need it. */
  private static final int MORE = 20;

  private static final Duration TRAFFIC_LIMIT = Duration.ofSeconds(60);
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
    LoadOptions options =
        LoadOptions.of(URI.create(stack.producer().url()), rate, atMost(requests), seed);
    this.load = new Load(options.withRetryShare(REPEATED_REQUESTS));
    this.witness = new Witness(stack);
    this.writer = KafkaClients.writer(stack.kafka().bootstrapServers());
    this.litter = new Litter(writer, Topics.EVENTS, new Random(seed));
  }

  private static int atMost(int requests) {
    return requests > LoadOptions.MOST / MORE ? LoadOptions.MOST : MORE * requests;
  }

  /** Runs traffic and mischief, waits until B has caught up, and collects the evidence. */
  Evidence run() throws InterruptedException, ExecutionException {
    witness.start();
    Mischief mischief =
        new Mischief(stack, witness.published(), witness.notified(), litter, display);
    LoadResult traffic = traffic(mischief);
    traffic.failures().forEach(failure -> display.say("request failed: " + failure));
    display.say("all requests answered; B catches up");
    int changes = (int) traffic.progress().acknowledged();
    Evidence evidence =
        witness.evidence(changes, litter, mischief.outages(), () -> display.show(numbers()));
    display.show(numbers());
    return evidence;
  }

  /** As many requests as were asked for, and more until the mischief is over. */
  private LoadResult traffic(Mischief mischief) throws InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<LoadResult> running = thread.submit(load::run);
      long begun = System.nanoTime();
      double share = 0;
      while (!running.isDone() && (share < 1 || !mischief.isOver())) {
        share = (double) load.progress().acknowledged() / requests;
        act(mischief, share);
        if (share >= 1 && System.nanoTime() - begun > TRAFFIC_LIMIT.toNanos()) {
          mischief.giveUp();
        }
      }
      load.end();
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
