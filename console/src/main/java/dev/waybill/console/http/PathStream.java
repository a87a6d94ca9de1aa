package dev.waybill.console.http;

import dev.waybill.console.flow.Flow;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the picture of the path once a second to all who look. */
final class PathStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PathStream.class);
  private static final int MOST_CLIENTS = 50;

  private final Flow flow;
  private final View view;
  private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "path-stream"));

  PathStream(Flow flow, View view) {
    this.flow = flow;
    this.view = view;
    ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::send, 1, 1, TimeUnit.SECONDS);
  }

  void accept(SseClient client) {
    if (clients.size() >= MOST_CLIENTS) {
      client.close();
      return;
    }
    client.keepAlive();
    client.onClose(() -> clients.remove(client));
    clients.add(client);
  }

  /** What fails once is tried again in a second: a task that throws is never run again. */
  private void send() {
    try {
      clients.removeIf(SseClient::terminated);
      if (!clients.isEmpty()) {
        String picture = view.render("flowing.jte", Map.of("now", flow.now()));
        clients.forEach(client -> client.sendEvent("path", picture));
      }
    } catch (RuntimeException failure) {
      log.warn("the picture of the path was not sent", failure);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    clients.forEach(SseClient::close);
  }
}
