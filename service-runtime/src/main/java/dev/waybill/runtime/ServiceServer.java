package dev.waybill.runtime;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's HTTP server: its own routes, and {@code /health/live}, {@code /health/ready} and
 * {@code /metrics}. Every error is answered as a {@link Problem}.
 *
 * <p>{@code /health/ready} answers 200 or 503 with the reasons by name; {@code /health/live}
 * answers 200 while the process can answer at all and no part says that only a restart can help.
 */
public final class ServiceServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceServer.class);

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  /** How long requests in progress may go on when the server closes. */
  public static final Duration DRAIN = Duration.ofSeconds(20);

  private final Javalin javalin;
  private final HttpAddress address;

  /**
   * Binds nothing yet.
   *
   * @param routes adds the service's own routes and limits
   */
  public ServiceServer(
      HttpAddress address,
      Health health,
      PrometheusMeterRegistry metrics,
      Consumer<JavalinConfig> routes) {
    this.address = address;
    this.javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.jetty.modifyServer(ServiceServer::drainOnStop);
              config.jsonMapper(new JavalinJackson(json(), false));
              config.routes.before(ServiceServer::refuseBrokenQuery);
              config.routes.get("/health/live", context -> live(health, context));
              config.routes.get("/health/ready", context -> ready(health, context));
              config.routes.get(
                  "/metrics",
                  context ->
                      context.contentType("text/plain; version=0.0.4").result(metrics.scrape()));
              config.routes.exception(HttpResponseException.class, ServiceServer::refused);
              config.routes.exception(Exception.class, ServiceServer::failed);
              config.routes.error(404, ServiceServer::describe);
              routes.accept(config);
            });
  }

  /** JSON as the services write it: instants in ISO 8601, unknown fields refused. */
  public static JsonMapper json() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  /**
   * Begins to answer; blocks until the port is bound.
   *
   * @throws IllegalStateException when it cannot be; the message names the settings
   */
  public void start() {
    try {
      javalin.start(address.host(), address.port());
    } catch (JavalinBindException taken) {
      throw new IllegalStateException(
          "HTTP_HOST and HTTP_PORT: cannot listen on %s:%s"
              .formatted(address.host(), address.port()),
          taken);
    }
    log.info("listening on http://{}:{}", address.host(), port());
  }

  /** The bound port, also when the address asked for any free one (port 0). */
  public int port() {
    return javalin.port();
  }

  /** Without a graceful handler and a time-out, Jetty would cut requests in progress off. */
  private static void drainOnStop(Server server) {
    server.insertHandler(new GracefulHandler());
    server.setStopTimeout(DRAIN.toMillis());
  }

  /**
   * Stops accepting requests and waits for those in progress, at most {@link #DRAIN}. What arrives
   * meanwhile on a connection that is open is answered 503.
   */
  @Override
  public void close() {
    javalin.stop();
  }

  /** Javalin leaves out a parameter that it cannot decode, as if it had not been given. */
  private static void refuseBrokenQuery(Context context) {
    String query = context.queryString();
    if (query != null && BROKEN_ESCAPE.matcher(query).find()) {
      throw new BadRequestResponse("in the query a percent sign must begin an escape such as %25");
    }
  }

  private static void live(Health health, Context context) {
    Map<String, String> reasons = health.reasonsNotLive();
    if (reasons.isEmpty()) {
      context.json(Map.of("status", "live"));
    } else {
      context.status(503).json(Map.of("status", "not live", "reasons", reasons));
    }
  }

  private static void ready(Health health, Context context) {
    Map<String, String> reasons = health.reasonsNotReady();
    context.status(reasons.isEmpty() ? 200 : 503);
    context.json(Map.of("status", reasons.isEmpty() ? "ready" : "not ready", "reasons", reasons));
  }

  private static void refused(HttpResponseException refusal, Context context) {
    Problem.of(refusal.getStatus(), "Request refused", String.valueOf(refusal.getMessage()))
        .writeTo(context);
  }

  private static void failed(Exception failure, Context context) {
    log.error("{} {} failed; answered 500", context.method(), context.path(), failure);
    Problem.of(500, "Internal error", "The request failed inside the service, whose log says why.")
        .writeTo(context);
  }

  private static void describe(Context context) {
    if (String.valueOf(context.result()).isBlank()) {
      Problem.of(404, "Not found", "There is nothing at " + context.path()).writeTo(context);
    }
  }
}
