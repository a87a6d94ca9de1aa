package dev.waybill.stack.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.stack.RegistryServer;
import dev.waybill.stack.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The registry without our client. */
public final class RegistryHttp {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private RegistryHttp() {}

  /** Of the registry's own API, where it is Apicurio. */
  static String apicurioUrl() {
    return URI.create(Servers.registry().url()).resolve("/apis/registry/v3").toString();
  }

  /** Sets the compatibility level of a subject. */
  public static void setLevel(String subject, String level)
      throws IOException, InterruptedException {
    setLevel(Servers.registry(), subject, level);
  }

  /** Sets the compatibility level of a subject in any registry. */
  public static void setLevel(RegistryServer registry, String subject, String level)
      throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(URI.create(registry.url() + "/config/" + subject))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"" + level + "\"}")));
  }

  static String get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }
}
