package dev.waybill.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to whichever address of the registry answers. An address that does not answer, or
 * answers 5xx, 429 or 408, is passed over for the next; when all were, they are tried again after a
 * pause, {@value #ROUNDS} rounds in all.
 */
final class RegistryHttp {
  static final int ROUNDS = 4;

  private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String JSON = "application/vnd.schemaregistry.v1+json";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final List<Address> addresses;
  private final Duration requestTimeout;
  private volatile @Nullable HttpClient http;
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(SchemaRegistryConfig config) {
    this.addresses = config.urls().stream().map(url -> Address.of(url, config.userInfo())).toList();
    this.requestTimeout = config.requestTimeout();
    this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  Answer get(String path) {
    return exchange("GET", path, null);
  }

  Answer post(String path, JsonNode body) {
    return exchange("POST", path, body.toString());
  }

  Answer put(String path, JsonNode body) {
    return exchange("PUT", path, body.toString());
  }

  /** The client ends its threads when told to (from JDK 21 on) or when nothing refers to it. */
  void close() {
    HttpClient client = http;
    http = null;
    if ((Object) client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        log.warn("the HTTP client of the schema registry did not close; its threads remain", e);
      }
    }
  }

  private HttpClient client() {
    HttpClient client = http;
    if (client == null) {
      throw new IllegalStateException("the client of the schema registry is closed");
    }
    return client;
  }

  private Answer exchange(String method, String path, @Nullable String body) {
    Attempts failed = new Attempts(method + " " + path);
    for (int round = 0; round < ROUNDS; round++) {
      if (round > 0) {
        pause(round, failed);
      }
      int first = preferred.get();
      for (int i = 0; i < addresses.size(); i++) {
        int index = (first + i) % addresses.size();
        Answer answer = attempt(addresses.get(index), method, path, body, failed);
        if (answer != null) {
          preferred.set(index);
          return answer;
        }
      }
    }
    throw failed.giveUp(null);
  }

  private @Nullable Answer attempt(
      Address address, String method, String path, @Nullable String body, Attempts failed) {
    try {
      HttpResponse<String> response = send(request(address, method, path, body));
      int status = response.statusCode();
      Answer answer = new Answer(status, read(response.body()), address.base());
      if (status < 500 && status != 429 && status != 408) {
        return answer;
      }
      failed.add(answer.errorCode(), address + ": " + answer.message(), null);
    } catch (TimeoutException e) {
      failed.add(0, address + ": no answer within " + requestTimeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      failed.add(0, address + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed.giveUp(e);
    }
    return null;
  }

  /** The time-out of the request itself would not count its body on every JDK. */
  private HttpResponse<String> send(HttpRequest request)
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<HttpResponse<String>> response =
        client().sendAsync(request, BodyHandlers.ofString());
    try {
      return response.get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      response.cancel(true); // of an exchange that has ended, nothing
    }
  }

  private HttpRequest request(Address address, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.base() + path))
            .header("Accept", JSON + ", application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", JSON);
    }
    if (address.authorization() != null) {
      request.header("Authorization", address.authorization());
    }
    return request.build();
  }

  private static void pause(int round, Attempts failed) {
    long most = FIRST_PAUSE.toMillis() << (round - 1);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed.giveUp(e);
    }
  }

  private static JsonNode read(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // not a registry's answer, perhaps a proxy's page
    }
  }
}
