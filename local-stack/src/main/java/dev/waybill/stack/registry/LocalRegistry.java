package dev.waybill.stack.registry;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The local stack's schema registry, on 127.0.0.1, in this process: a subset of the REST API of
 * Confluent's. Avro only, without references between subjects; FULL_TRANSITIVE unless told
 * otherwise. Every answer is JSON, errors with Confluent's codes. What is registered stays in its
 * file.
 */
public final class LocalRegistry implements RegistryServer {
  private final Subjects subjects;
  private volatile int port;
  private @Nullable Javalin server;

  private LocalRegistry(Path file, int port) {
    this.subjects = new Subjects(file);
    this.port = port;
  }

  /**
   * Starts a registry that keeps what is registered in the file.
   *
   * @param port 0 for any free one
   */
  public static LocalRegistry start(Path file, int port) {
    LocalRegistry registry = new LocalRegistry(file, port);
    registry.start();
    return registry;
  }

  @Override
  public synchronized void start() {
    Javalin started = Javalin.create(this::configure).start("127.0.0.1", port);
    server = started;
    port = started.port();
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public synchronized void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.LEGACY));
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    config.jetty.modifyServer(server -> server.setErrorHandler(LocalRegistry::refuse));
    new RegistryRoutes(subjects).addTo(config.routes);
  }

  /** What never reaches a route, such as a path that is no path. */
  private static boolean refuse(Request request, Response response, Callback done) {
    int status = response.getStatus();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, RegistryRoutes.TYPE);
    String message = "HTTP " + status + " " + HttpStatus.getMessage(status);
    Content.Sink.write(response, true, RegistryRoutes.error(status, message), done);
    return true;
  }
}
