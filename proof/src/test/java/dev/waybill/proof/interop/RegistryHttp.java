package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.proof.servers.Servers;
import dev.waybill.stack.registry.RegistryServer;
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
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
        request(registry, "/config/" + subject)
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"" + level + "\"}")));
  }

  /**
   * Whether the registry finds that the schema keeps the subject's level; an invalid one does not.
   * Of levels that are not transitive, registries want to be asked about the last version.
   */
  static boolean isCompatible(String subject, String level, String schema)
      throws IOException, InterruptedException {
    String versions = level.endsWith("_TRANSITIVE") ? "/versions" : "/versions/latest";
    HttpResponse<String> answer =
        HTTP.send(
            request(Servers.registry(), "/compatibility/subjects/" + subject + versions)
                .POST(BodyPublishers.ofString(schemaBody(schema)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 422);
    return answer.statusCode() == 200
        && JSON.readTree(answer.body()).path("is_compatible").asBoolean();
  }

  /** Registers what the client would not send: a schema as it is written. */
  static void register(String subject, String schema) throws IOException, InterruptedException {
    send(
        request(Servers.registry(), "/subjects/" + subject + "/versions")
            .POST(BodyPublishers.ofString(schemaBody(schema))));
  }

  private static String schemaBody(String schema) {
    return JSON.createObjectNode().put("schema", schema).toString();
  }

  private static HttpRequest.Builder request(RegistryServer registry, String path) {
    return HttpRequest.newBuilder(URI.create(registry.url() + path))
        .header("Content-Type", "application/vnd.schemaregistry.v1+json");
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
