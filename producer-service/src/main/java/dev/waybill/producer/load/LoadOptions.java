package dev.waybill.producer.load;

import java.net.URI;
import java.time.Duration;

/**
 * What traffic to make.
 *
 * @param url of the service, without a path
 * @param rate requests per second, 0.1 to 100,000; repetitions and retries come on top
 * @param count how many requests that change something, 1 to 100,000,000; as many events are
 *     appended when all are acknowledged
 * @param seed decides what is asked for; two runs with one seed ask for the same, as new orders
 * @param concurrency how many requests are in flight at most, 1 to 1,000; repetitions come on top
 * @param retryShare which share of the requests is sent twice with the same key, 0 to 1; one half
 *     of them at once, the other half after the first was answered
 * @param retryFor how long a request without an answer, or answered 5xx, is tried again
 * @param timeLimit when the whole run gives up; what was not acknowledged by then has failed
 */
public record LoadOptions(
    URI url,
    double rate,
    int count,
    long seed,
    int concurrency,
    double retryShare,
    Duration retryFor,
    Duration timeLimit) {

  /** Of requests. */
  public static final int MOST = 100_000_000;

  private static final Duration SLACK = Duration.ofMinutes(2);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public LoadOptions {
    require(
        "http".equals(url.getScheme()) && url.getHost() != null, "url must be http://host:port");
    require(rate >= 0.1 && rate <= 100_000, "rate must be from 0.1 to 100000");
    require(count >= 1 && count <= MOST, "count must be from 1 to 100000000");
    require(concurrency >= 1 && concurrency <= 1_000, "concurrency must be from 1 to 1000");
    require(retryShare >= 0 && retryShare <= 1, "retry-share must be from 0 to 1");
    require(!retryFor.isNegative(), "the time for retries must not be negative");
    require(!timeLimit.isNegative() && !timeLimit.isZero(), "the time limit must be above 0");
  }

  /**
   * With 64 in flight, 2 % sent twice, 30 s of retries, and two minutes more than the rate needs.
   */
  public static LoadOptions of(URI url, double rate, int count, long seed) {
    Duration needed = Duration.ofMillis(Math.round(count / rate * 1000));
    return new LoadOptions(
        url, rate, count, seed, 64, 0.02, Duration.ofSeconds(30), needed.plus(SLACK));
  }

  public LoadOptions withConcurrency(int newConcurrency) {
    return new LoadOptions(url, rate, count, seed, newConcurrency, retryShare, retryFor, timeLimit);
  }

  public LoadOptions withRetryShare(double newRetryShare) {
    return new LoadOptions(url, rate, count, seed, concurrency, newRetryShare, retryFor, timeLimit);
  }

  public LoadOptions withRetryFor(Duration newRetryFor) {
    return new LoadOptions(url, rate, count, seed, concurrency, retryShare, newRetryFor, timeLimit);
  }

  public LoadOptions withTimeLimit(Duration newTimeLimit) {
    return new LoadOptions(url, rate, count, seed, concurrency, retryShare, retryFor, newTimeLimit);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
