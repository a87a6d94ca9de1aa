package dev.waybill.console.systems;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * System B, over HTTP: whichever of its instances answers, and where each has a part of the answer,
 * all of them. Safe for use by many threads.
 */
public final class SystemB {
  private static final String NAME = "B";

  private final Web web = new Web();
  private final List<String> urls;

  /**
   * Asks nothing yet.
   *
   * @param urls of some of the instances; the others are found through them
   */
  public SystemB(List<String> urls) {
    this.urls = List.copyOf(urls);
  }

  /** An instance, and the partitions that it has. */
  public record Instance(String url, List<Integer> partitions) {}

  /** What B refused to say, with its words. */
  public static final class RefusedException extends RuntimeException {
    private final int status;

    RefusedException(int status, String words) {
      super(words);
      this.status = status;
    }

    /** Of HTTP, 400 to 499. */
    public int status() {
      return status;
    }
  }

  /**
   * What any instance answers; empty for 404.
   *
   * @param path of which all but names and numbers is encoded
   * @throws AwayException when none answers
   * @throws RefusedException when the question cannot be answered
   */
  public Optional<JsonNode> any(String path) {
    AwayException missed = new AwayException(NAME, "there is no address of it");
    for (String url : urls) {
      try {
        return of(url, path);
      } catch (AwayException away) {
        missed = away;
      }
    }
    throw missed;
  }

  /**
   * What one instance answers; empty for 404.
   *
   * @throws AwayException when it does not answer, or its stores move
   * @throws RefusedException when the question cannot be answered
   */
  public Optional<JsonNode> of(String url, String path) {
    Web.Answer answer = web.get(NAME, url, path);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() == 200) {
      return Optional.of(answer.body());
    }
    if (answer.status() >= 400 && answer.status() < 500) {
      throw new RefusedException(answer.status(), answer.detail());
    }
    throw new AwayException(NAME, url + ": " + answer.detail());
  }

  /**
   * All instances that there are now.
   *
   * @throws AwayException when none answers
   */
  public List<Instance> instances() {
    JsonNode answer = any("/instances").orElseThrow(() -> new AwayException(NAME, "no instances"));
    List<Instance> found = new ArrayList<>();
    for (JsonNode one : answer.path("instances")) {
      List<Integer> partitions = new ArrayList<>();
      one.path("partitions").forEach(partition -> partitions.add(partition.asInt()));
      found.add(new Instance(one.path("url").asText(), List.copyOf(partitions)));
    }
    return List.copyOf(found);
  }

  /**
   * What an instance says of its readiness.
   *
   * @throws AwayException when it does not answer
   */
  public JsonNode readiness(String url) {
    return web.get(NAME, url, "/health/ready").body();
  }

  /**
   * The metrics of an instance, as Prometheus reads them.
   *
   * @throws AwayException when it does not answer
   */
  public String metrics(String url) {
    return web.text(NAME, url, "/metrics");
  }

  /** A path with parameters, those that are empty left out. */
  public static String path(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(one -> !one.getValue().isEmpty())
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .sorted()
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  /**
   * Which versions of an aggregate took effect; empty when B has nothing of it.
   *
   * @throws AwayException when none answers
   */
  public Optional<JsonNode> aggregate(String key) {
    // Servers refuse encoded slashes.
    return any("/aggregates/" + encoded(key).replace("%2F", "/"));
  }

  /** A text as a part of a path or a query. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
