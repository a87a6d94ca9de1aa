package dev.waybill.producer.load;

import dev.waybill.runtime.Secrets;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code producer-service load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Drives realistic traffic through a running service, and checks every answer.",
      "Orders are placed, paid and shipped; some are cancelled, few are erased."
    },
    footer =
        "Exit status: 0 every request got its expected answer, 1 not all did, 2 wrong options.")
public final class LoadCommand implements Callable<Integer> {
  @Option(names = "--url", defaultValue = "http://localhost:8080", description = "Of the service.")
  private @Nullable URI url;

  @Option(names = "--rate", defaultValue = "500", description = "Requests per second.")
  private double rate;

  @Option(names = "--count", defaultValue = "10000", description = "Requests in all.")
  private int count;

  @Option(names = "--seed", description = "Decides what is asked for; random when not given.")
  private @Nullable Long seed;

  @Option(names = "--concurrency", defaultValue = "64", description = "Requests in flight at most.")
  private int concurrency;

  @Option(
      names = "--retry-share",
      defaultValue = "0.02",
      description = "Share of requests sent twice with one key, from 0 to 1.")
  private double retryShare;

  @Option(
      names = "--retry-for",
      paramLabel = "<seconds>",
      defaultValue = "30",
      description = "How long a request without an answer is tried again.")
  private long retryForSeconds;

  @Option(
      names = "--time-limit",
      paramLabel = "<seconds>",
      description = "When the run gives up; two minutes more than the rate needs when not given.")
  private @Nullable Long timeLimitSeconds;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command().commandLine().getOut();
    LoadOptions options = options();
    Load load = new Load(options);
    out.printf(
        "%s requests at %s/s to %s, seed %s%n",
        options.count(), options.rate(), Secrets.hide(options.url().toString()), options.seed());
    LoadResult result;
    try (ProgressLine line = new ProgressLine(out, load::progress)) {
      line.start();
      result = load.run();
    }
    summarize(result, out);
    return result.complete() ? 0 : 1;
  }

  private static void summarize(LoadResult result, PrintWriter out) {
    LoadProgress progress = result.progress();
    long erased = result.orders().stream().filter(LoadedOrder::erased).count();
    out.println(progress);
    out.printf("%s orders, %s of them erased; ", result.orders().size(), erased);
    out.printf("slowest answer %s%n", LoadProgress.millis(progress.max()));
    result.failures().forEach(failure -> out.println("failed: " + failure));
    out.println(
        result.complete()
            ? "every request got its expected answer"
            : progress.failed() + " requests did not get their expected answer");
    out.flush();
  }

  private LoadOptions options() {
    long chosenSeed = seed == null ? new Random().nextInt(1_000_000) : seed;
    try {
      LoadOptions options =
          LoadOptions.of(Objects.requireNonNull(url), rate, count, chosenSeed)
              .withConcurrency(concurrency)
              .withRetryShare(retryShare)
              .withRetryFor(Duration.ofSeconds(retryForSeconds));
      return timeLimitSeconds == null
          ? options
          : options.withTimeLimit(Duration.ofSeconds(timeLimitSeconds));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(command().commandLine(), String.valueOf(wrong.getMessage()));
    }
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec, "picocli sets it");
  }
}
