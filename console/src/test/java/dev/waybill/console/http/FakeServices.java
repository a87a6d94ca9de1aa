package dev.waybill.console.http;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.engine.EngineSettings;
import dev.waybill.runtime.Settings;
import io.javalin.Javalin;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A relay and a B that answer what they are told; A's database and Kafka are away. */
final class FakeServices implements AutoCloseable {
  final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Javalin server;

  FakeServices() {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get(
                  "/<path>",
                  context -> {
                    String answer = answers.get(context.path());
                    context
                        .status(answer == null ? 404 : 200)
                        .contentType("application/json")
                        .result(answer == null ? "{}" : answer);
                  });
            });
    server.start("127.0.0.1", 0);
    answers.put("/lanes", "{\"layout\": 1, \"lanes\": []}");
    answers.put("/instances", "{\"instances\": []}");
    answers.put("/dead-letters", "{\"deadLetters\": []}");
    answers.put("/dead-letters/groups", "{\"groups\": []}");
  }

  /** An engine that asks these. */
  Engine engine(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    String url = "http://127.0.0.1:" + server.port();
    all.put("CONSOLE_RELAYS", url);
    all.put("CONSOLE_CONSUMERS", url);
    all.put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/nowhere");
    all.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    return Engine.open(EngineSettings.from(new Settings(all)));
  }

  @Override
  public void close() {
    server.stop();
  }
}
