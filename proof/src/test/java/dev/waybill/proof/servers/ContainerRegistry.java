package dev.waybill.proof.servers;

import dev.waybill.stack.Ports;
import dev.waybill.stack.registry.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Apicurio Registry's own image, behind the part of its API that is Confluent's. */
final class ContainerRegistry implements RegistryServer {
  static final String IMAGE = "apicurio/apicurio-registry:3.3.3";

  private static final int INNER_PORT = 8080;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  private final int port = Ports.free();
  private final ServerContainer server;

  /** By default the image keeps what is registered in memory only, and it would end with it. */
  private ContainerRegistry(Path folder) {
    this.server =
        ServerContainer.start(
            IMAGE,
            port,
            INNER_PORT,
            Map.of("APICURIO_DATASOURCE_URL", "jdbc:h2:file:/tmp/apicurio/registry"),
            new String[0],
            this::answers,
            folder.resolve("registry.log"));
  }

  /** Starts a registry that checks compatibility, which Apicurio does not by itself. */
  static ContainerRegistry start(Path folder) {
    ContainerRegistry registry = new ContainerRegistry(folder);
    try {
      registry.checkCompatibility();
      return registry;
    } catch (RuntimeException failure) {
      registry.close();
      throw failure;
    }
  }

  private void checkCompatibility() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/config"))
            .timeout(LIMIT)
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
            .build();
    try {
      HttpResponse<String> response = send(request);
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the registry refused its level: " + response.body());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean answers() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url() + "/subjects")).timeout(LIMIT).build();
      return send(request).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the registry was starting", interrupted);
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    server.close();
  }
}
