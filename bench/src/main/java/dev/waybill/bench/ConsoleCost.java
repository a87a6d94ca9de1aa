package dev.waybill.bench;

import dev.waybill.stack.StackService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the operator's console takes, on a path that twice as many events have gone through as a
 * backlog has rows: how long it takes to find an event or an order, any of them; and what the
 * services spend while somebody looks at the path, beside what they spend at rest.
 */
final class ConsoleCost implements Measurement {
  private static final String NAME = "console";
  private static final int WARM_UP = 20;
  private static final int QUESTIONS = 200;
  private static final int ROUNDS = 3;
  private static final int SECONDS = 20;

  /** The console goes on looking for so long after the last who looked is gone. */
  private static final int LOOKS_ON_SECONDS = 18;

  private static final String OF_A_CORE = "% of a core";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Override
  public List<Result> run(Stage stage) throws Exception {
    int events = 2 * stage.scale().rows();
    List<Result> results = new ArrayList<>();
    try (WholePath path = WholePath.start(stage.folder().resolve(NAME), stage.progress())) {
      path.move(events);
      results.addAll(find(path, "an event", "event_id"));
      results.addAll(find(path, "an order", "aggregate_id"));
      results.addAll(watch(path, stage));
    }
    results.forEach(
        one -> stage.progress().say("%s: %.1f %s", one.what(), one.value(), one.unit()));
    return results;
  }

  private static List<Result> find(WholePath path, String what, String column) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (String id : ids(path.database(), column)) {
      long begun = System.nanoTime();
      find(path.console().url(), id);
      millis.add((System.nanoTime() - begun) / 1e6);
    }
    List<Double> warm = millis.subList(Math.min(WARM_UP, millis.size() - 1), millis.size());
    return List.of(
        Result.of(NAME, "finding " + what + ", p50", Percentiles.of(warm, 0.5), "ms"),
        Result.of(NAME, "finding " + what + ", p99", Percentiles.of(warm, 0.99), "ms")
            .against(Target.below(300, "ms")));
  }

  /** From anywhere in the outbox, in an order that has nothing to do with it. */
  private static List<String> ids(Database database, String column) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s FROM outbox_event ORDER BY md5(event_id::text) LIMIT %s"
                    .formatted(column, WARM_UP + QUESTIONS))) {
      List<String> ids = new ArrayList<>();
      while (row.next()) {
        ids.add(row.getString(1));
      }
      return ids;
    }
  }

  private static void find(String console, String id) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(request(console + "/api/trace?id=" + id), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "%s was not found: %s %s".formatted(id, answer.statusCode(), answer.body()));
    }
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(LIMIT)
        .header("Accept", "application/json, text/event-stream")
        .build();
  }

  private static List<Result> watch(WholePath path, Stage stage) throws Exception {
    Duration time = stage.scale().seconds(SECONDS);
    int rounds = stage.scale().rounds(ROUNDS);
    List<StackService> services = path.services();
    List<double[]> more = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double[] resting = use(services, time);
      try (InputStream pictures = pictures(path.console().url())) {
        if (pictures.read() < 0) {
          throw new IllegalStateException("the console shows no path");
        }
        double[] watched = use(services, time);
        Arrays.setAll(watched, one -> watched[one] - resting[one]);
        more.add(watched);
      }
      TimeUnit.SECONDS.sleep(round + 1 < rounds ? LOOKS_ON_SECONDS : 0);
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      int service = i;
      double median = Percentiles.median(more.stream().map(one -> one[service]).toList());
      String what = "CPU of " + services.get(i).name() + " for one who looks at the path";
      results.add(Result.of(NAME, what, median, OF_A_CORE).against(Target.below(1, OF_A_CORE)));
    }
    return results;
  }

  /** Of the path, one a second. */
  private static InputStream pictures(String console) throws IOException, InterruptedException {
    return HTTP.send(request(console + "/path/stream"), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  /** CPU of each service as a share of one core, in per cent. */
  private static double[] use(List<StackService> services, Duration time)
      throws InterruptedException {
    long[] before = services.stream().mapToLong(one -> Meter.cpuNanos(one.pid())).toArray();
    long begun = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    double[] shares = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      double used = Meter.cpuNanos(services.get(i).pid()) - before[i];
      shares[i] = used / (System.nanoTime() - begun) * 100;
    }
    return shares;
  }
}
