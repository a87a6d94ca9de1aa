package dev.waybill.proof.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.producer.load.Attempt;
import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.producer.load.LoadResult;
import dev.waybill.proof.ledger.LedgerWriter;
import dev.waybill.proof.ledger.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Changes that are asked of A until they are enough, each attempt written down. */
final class Traffic implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int WITHOUT_END = LoadOptions.MOST;
  private static final double REPEATED = 0.05;

  /** A is never away for longer. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LedgerWriter ledger;
  private final Load load;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private @Nullable Future<LoadResult> running;

  Traffic(URI a, double rate, long seed, LedgerWriter ledger) {
    this.ledger = ledger;
    LoadOptions options =
        LoadOptions.of(a, rate, WITHOUT_END, seed).withRetryShare(REPEATED).withRetryFor(PATIENCE);
    this.load = new Load(options, this::write);
  }

  void start() {
    running = thread.submit(load::run);
  }

  private void write(Attempt attempt) {
    JsonNode answer = json(attempt.body());
    boolean changed = attempt.status() >= 200 && attempt.status() < 300;
    ledger.add(
        new Request(
            attempt.at().toEpochMilli(),
            attempt.took().toMillis(),
            attempt.key(),
            attempt.method() + " " + attempt.path(),
            attempt.status(),
            changed && answer.hasNonNull("id") ? answer.path("id").asText() : null,
            changed ? answer.path("version").asLong(0) : 0));
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException noJson) {
      return JSON.nullNode();
    }
  }

  /** Changes that A has acknowledged, each once. */
  long acknowledged() {
    return load.progress().acknowledged();
  }

  /**
   * Begins no more, and waits until those begun are answered; what went wrong with them, in words.
   */
  List<String> end() throws InterruptedException, ExecutionException {
    load.end();
    return running == null ? List.of() : running.get().failures();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
