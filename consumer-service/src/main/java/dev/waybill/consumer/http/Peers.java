package dev.waybill.consumer.http;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Asks other instances. A question that was passed on once is not passed on again. */
final class Peers {
  /** The header that says so. */
  static final String PASSED_ON = "X-Waybill-Passed-On";

  /** The header with the partitions that are to be searched. */
  static final String PARTITIONS = "X-Waybill-Partitions";

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Pattern LIST = Pattern.compile("\\d{1,9}(,\\d{1,9})*");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /** Another instance's answer. */
  record Answer(int status, String contentType, String body) {}

  /**
   * What it answers to this path. Blocks for two seconds at most.
   *
   * @throws NotAvailableException when it does not answer
   */
  Answer ask(HostInfo host, String path) {
    return ask(host, path, Set.of());
  }

  /**
   * What it answers to this path when it searches these partitions. Blocks for two seconds at most.
   *
   * @throws NotAvailableException when it does not answer
   */
  Answer ask(HostInfo host, String path, Set<Integer> partitions) {
    String address = Utils.formatAddress(host.host(), host.port());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(LIMIT)
            .header(PASSED_ON, "1");
    if (!partitions.isEmpty()) {
      String list = partitions.stream().map(String::valueOf).collect(joining(","));
      request.header(PARTITIONS, list);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse("application/json"),
          response.body());
    } catch (IOException away) {
      throw new NotAvailableException("the instance at " + address + " does not answer", away);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new NotAvailableException("this instance is stopping", stopping);
    }
  }

  /**
   * The partitions in the header.
   *
   * @throws BadRequestResponse when it is missing or no instance wrote it
   */
  static Set<Integer> partitions(@Nullable String header) {
    if (header == null || !LIST.matcher(header).matches()) {
      throw new BadRequestResponse(PARTITIONS + " must be numbers with commas");
    }
    return Pattern.compile(",").splitAsStream(header).map(Integer::valueOf).collect(toSet());
  }
}
