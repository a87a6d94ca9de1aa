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

/** Sends the picture of the path once a second to all who look. */
final class PathStream {
  private static final int MOST_CLIENTS = 50;

  private final Flow flow;
  private final View view;
  private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "path-stream");
            thread.setDaemon(true);
            return thread;
          });

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

  private void send() {
    if (!clients.isEmpty()) {
      String picture = view.render("flowing.jte", Map.of("now", flow.now()));
      for (SseClient client : clients) {
        if (client.terminated()) {
          clients.remove(client);
        } else {
          client.sendEvent("path", picture);
        }
      }
    }
  }
}
