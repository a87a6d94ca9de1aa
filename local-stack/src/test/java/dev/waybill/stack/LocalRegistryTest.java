package dev.waybill.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.stack.registry.LocalRegistry;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded registry answers what ordinary clients ask, and errors as Confluent's does. */
final class LocalRegistryTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final String ONE = record("");
  private static final String TWO = record(",{'name':'n','type':'int','default':0}");
  private static final String THREE = record(",{'name':'m','type':'int','default':0}");
  private static final String MISFIT = record(",{'name':'x','type':'int'}");

  @TempDir Path folder;
  private LocalRegistry registry;

  @BeforeEach
  void start() {
    registry = LocalRegistry.start(folder.resolve("registry.json"), 0);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void saysThatItIsASubsetAndOfWhat() throws Exception {
    assertThat(ok("GET", "/").path("subset_of").asText())
        .contains("Confluent Schema Registry", "Avro only");
    assertThat(ok("GET", "/schemas/types")).hasToString("[\"AVRO\"]");
  }

  @Test
  void versionsAreFoundByNumberAndAsTheLatest() throws Exception {
    register("s", ONE);
    register("s", TWO);

    for (String latest : new String[] {"latest", "-1", "2", "LATEST"}) {
      JsonNode version = ok("GET", "/subjects/s/versions/" + latest);
      assertThat(version.path("version").asInt()).isEqualTo(2);
      assertThat(version.path("id").asInt()).isEqualTo(2);
      assertThat(version.path("subject").asText()).isEqualTo("s");
      assertThat(version.path("schema").asText()).contains("\"n\"");
    }
    assertThat(ok("GET", "/subjects/s/versions/1/schema").path("fields")).hasSize(1);
    assertThat(ok("GET", "/subjects/s/versions")).hasToString("[1,2]");
  }

  @Test
  void schemaIsFoundByIdAndGuidAndSaysWhereItIs() throws Exception {
    int id = register("a", ONE);
    register("b", TWO);
    assertThat(register("b", ONE)).isEqualTo(id);

    assertThat(ok("GET", "/schemas/ids/1").path("schema").asText()).contains("\"P\"");
    assertThat(ok("GET", "/schemas/ids/1/schema").path("name").asText()).isEqualTo("P");
    assertThat(ok("GET", "/schemas/ids/1/subjects")).hasToString("[\"a\",\"b\"]");
    JsonNode versions = ok("GET", "/schemas/ids/1/versions");
    assertThat(versions.path(1).path("subject").asText()).isEqualTo("b");
    assertThat(versions.path(1).path("version").asInt()).isEqualTo(2);
    String guid = ok("GET", "/subjects/a/versions/1").path("guid").asText();
    assertThat(ok("GET", "/schemas/guids/" + guid).path("schema"))
        .isEqualTo(ok("GET", "/schemas/ids/1").path("schema"));
  }

  @Test
  void lettersOfASchemaStayAsTheyAre() throws Exception {
    register("s", record(",{'name':'n','type':'int','default':0,'doc':'Größe in Ünzen 😀'}"));

    assertThat(ok("GET", "/schemas/ids/1").path("schema").asText()).contains("Größe in Ünzen 😀");
  }

  @Test
  void compatibilityIsCheckedWithOneVersionOrWithAll() throws Exception {
    ok("PUT", "/config/s", "{\"compatibility\":\"NONE\"}");
    register("s", ONE);
    register("s", MISFIT);
    ok("PUT", "/config/s", "{\"compatibility\":\"full_transitive\"}");

    assertThat(isCompatible("s/versions/1", TWO)).isTrue();
    for (String path : new String[] {"2", "-1", "latest"}) {
      assertThat(isCompatible("s/versions/" + path, THREE)).as(path).isFalse();
    }
    assertThat(isCompatible("s/versions", TWO)).isFalse();
    assertThat(isCompatible("new/versions", ONE)).isTrue();
    assertThat(isCompatible("new/versions/latest", ONE)).isTrue();
    JsonNode verbose = ok("POST", "/compatibility/subjects/s/versions/2?verbose=true", body(THREE));
    assertThat(verbose.path("messages").path(0).asText()).contains("version 2");
  }

  @Test
  void levelOfASubjectOrTheGlobalOneIsGivenAsAsked() throws Exception {
    refused("GET", "/config/s", "", 404, 40408);
    assertThat(ok("GET", "/config/s?defaultToGlobal=true").path("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");
    ok("PUT", "/config", "{\"compatibility\":\"BACKWARD\"}");
    ok("PUT", "/config/s", "{\"compatibility\":\"NONE\"}");
    assertThat(ok("GET", "/config/s").path("compatibilityLevel").asText()).isEqualTo("NONE");
    assertThat(ok("DELETE", "/config/s").path("compatibilityLevel").asText()).isEqualTo("NONE");
    assertThat(ok("GET", "/config/s?defaultToGlobal=true").path("compatibilityLevel").asText())
        .isEqualTo("BACKWARD");
    refused("DELETE", "/config/s", "", 404, 40401);
  }

  @Test
  void versionsAreDeletedFirstSoftlyAndThenForGood() throws Exception {
    register("s", ONE);
    register("s", TWO);

    refused("DELETE", "/subjects/s/versions/2?permanent=true", "", 404, 40407);
    assertThat(ok("DELETE", "/subjects/s/versions/latest")).hasToString("2");
    refused("DELETE", "/subjects/s/versions/2", "", 404, 40406);
    refused("GET", "/subjects/s/versions/2", "", 404, 40402);
    assertThat(ok("GET", "/subjects/s/versions/latest").path("version").asInt()).isEqualTo(1);
    assertThat(ok("GET", "/subjects/s/versions?deleted=true")).hasToString("[1,2]");
    assertThat(ok("GET", "/schemas/ids/2").path("schema").asText()).contains("\"n\"");
    restart();
    assertThat(ok("DELETE", "/subjects/s/versions/2?permanent=true")).hasToString("2");
    refused("GET", "/schemas/ids/2", "", 404, 40403);
    assertThat(register("s", TWO)).as("the id of this schema").isEqualTo(2);
  }

  @Test
  void subjectsAreDeletedFirstSoftlyAndThenForGood() throws Exception {
    register("s", ONE);
    register("s", TWO);
    ok("PUT", "/config/s", "{\"compatibility\":\"NONE\"}");

    refused("DELETE", "/subjects/s?permanent=true", "", 404, 40405);
    assertThat(ok("DELETE", "/subjects/s")).hasToString("[1,2]");
    refused("DELETE", "/subjects/s", "", 404, 40404);
    refused("GET", "/subjects/s/versions", "", 404, 40401);
    refused("GET", "/config/s", "", 404, 40408);
    assertThat(ok("GET", "/subjects")).isEmpty();
    assertThat(ok("GET", "/subjects?deleted=true")).hasToString("[\"s\"]");
    assertThat(register("s", TWO)).isEqualTo(2);
    assertThat(ok("GET", "/subjects/s/versions")).hasToString("[3]");
    ok("DELETE", "/subjects/s");
    assertThat(ok("DELETE", "/subjects/s?permanent=true")).hasToString("[1,2,3]");
    refused("DELETE", "/subjects/s", "", 404, 40401);
  }

  @Test
  void subjectsMayHaveAnyLetters() throws Exception {
    for (String subject :
        new String[] {
          "a%2Fb", "a%20b", "a%25b", "%C3%BC%F0%9F%98%80", "a%3Bb", "a%5Cb", "..a", "+"
        }) {
      int id = register(subject, ONE);

      assertThat(ok("GET", "/subjects/" + subject + "/versions/latest").path("id").asInt())
          .as(subject)
          .isEqualTo(id);
      ok("PUT", "/config/" + subject, "{\"compatibility\":\"NONE\"}");
    }
    assertThat(JSON.convertValue(ok("GET", "/subjects"), String[].class))
        .contains("a/b", "a b", "a%b", "ü😀", "a;b", "a\\b", "..a", "+");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET|/subjects/none/versions|-|404|40401",
        "GET|/subjects/none/versions/latest|-|404|40401",
        "POST|/subjects/none|{'schema':'\\\"int\\\"'}|404|40401",
        "POST|/subjects/s|{'schema':'\\\"int\\\"'}|404|40403",
        "DELETE|/subjects/none|-|404|40401",
        "DELETE|/subjects/none/versions/1|-|404|40401",
        "GET|/subjects/s/versions/2|-|404|40402",
        "GET|/subjects/s/versions/2147483647|-|404|40402",
        "DELETE|/subjects/s/versions/2|-|404|40402",
        "POST|/compatibility/subjects/s/versions/2|{'schema':'\\\"int\\\"'}|404|40402",
        "GET|/subjects/s/versions/0|-|422|42202",
        "GET|/subjects/s/versions/-2|-|422|42202",
        "GET|/subjects/s/versions/2147483648|-|422|42202",
        "GET|/subjects/s/versions/one|-|422|42202",
        "POST|/compatibility/subjects/s/versions/1e9|{'schema':'\\\"int\\\"'}|422|42202",
        "GET|/schemas/ids/99|-|404|40403",
        "GET|/schemas/ids/0|-|404|40403",
        "GET|/schemas/ids/-1/schema|-|404|40403",
        "GET|/schemas/ids/99/subjects|-|404|40403",
        "GET|/schemas/ids/99/versions|-|404|40403",
        "GET|/schemas/guids/no-guid|-|404|40403",
        "GET|/schemas/ids/99999999999|-|404|404",
        "GET|/schemas/ids/one|-|404|404",
        "POST|/subjects/s/versions|{|400|400",
        "POST|/subjects/s/versions|-|422|422",
        "POST|/subjects/s/versions|[]|422|422",
        "POST|/subjects/s/versions|{}|422|42201",
        "POST|/subjects/s/versions|{'schema':7}|422|42201",
        "POST|/subjects/s/versions|{'schema':''}|422|42201",
        "POST|/subjects/s/versions|{'schema':'{'}|422|42201",
        "POST|/subjects/s/versions|{'schema':'{\\\"type\\\":[{}]}'}|422|42201",
        "POST|/subjects/s/versions|{'schema':'{\\\"type\\\":\\\"record\\\"}'}|422|42201",
        "POST|/subjects/s/versions|{'schema':'x','schemaType':'PROTOBUF'}|422|42201",
        "POST|/subjects/s/versions|{'schema':'\\\"int\\\"','references':[{}]}|422|42201",
        "POST|/subjects/s/versions|{'schema':'\\\"int\\\"'}|409|409",
        "POST|/compatibility/subjects/s/versions|{'schema':'{'}|422|42201",
        "PUT|/config|{'compatibility':'SOME'}|422|42203",
        "PUT|/config/s|{'compatibility':7}|422|42203",
        "PUT|/config/s|{}|422|42203",
        "PUT|/config|nonsense|400|400",
        "POST|/subjects/a%0Ab/versions|{'schema':'\\\"int\\\"'}|422|42208",
        "POST|/subjects/__GLOBAL/versions|{'schema':'\\\"int\\\"'}|422|42208",
        "GET|/mode|-|404|404",
        "GET|/subjects/s/versions/1/referencedby|-|404|404",
        "GET|/favicon.ico|-|404|404",
        "DELETE|/schemas/ids/1|-|405|405",
        "PATCH|/subjects/s/versions|-|405|405",
      })
  void whatIsWrongIsAnsweredInConfluentsCodes(
      String method, String path, String body, int status, int code) throws Exception {
    register("s", ONE);

    refused(method, path, body == null ? "" : body.replace('\'', '"'), status, code);
  }

  @Test
  void bodyThatIsTooLargeIsRefusedInJson() throws Exception {
    refused("POST", "/subjects/s/versions", " ".repeat(2_000_000), 413, 413);
  }

  @Test
  void whatIsNoPathIsRefusedInJson() throws Exception {
    URI url = URI.create(registry.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(
          "GET /subjects/%zz/versions HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 400").contains(TYPE, "{\"error_code\":400,");
    }
  }

  @Test
  void fileOfEarlierDaysIsRead() throws Exception {
    registry.close();
    Files.writeString(
        folder.resolve("registry.json"),
        "{\"schemas\":[\"\\\"int\\\"\"],\"subjects\":{\"s\":[1]},\"levels\":{\"\":\"NONE\"}}");
    start();

    assertThat(ok("DELETE", "/subjects/s")).hasToString("[1]");
    assertThat(ok("GET", "/config").path("compatibilityLevel").asText()).isEqualTo("NONE");
  }

  private void restart() {
    registry.close();
    start();
  }

  private static String record(String more) {
    String json =
        "{'type':'record','name':'P','fields':[{'name':'id','type':'string'}" + more + "]}";
    return json.replace('\'', '"');
  }

  private static String body(String schema) {
    return JSON.createObjectNode().put("schema", schema).toString();
  }

  private int register(String subject, String schema) throws Exception {
    return ok("POST", "/subjects/" + subject + "/versions", body(schema)).path("id").asInt();
  }

  private boolean isCompatible(String path, String schema) throws Exception {
    return ok("POST", "/compatibility/subjects/" + path, body(schema))
        .path("is_compatible")
        .asBoolean();
  }

  private JsonNode ok(String method, String path) throws Exception {
    return ok(method, path, "");
  }

  private JsonNode ok(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = exchange(method, path, body);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void refused(String method, String path, String body, int status, int code)
      throws Exception {
    HttpResponse<String> answer = exchange(method, path, body);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(TYPE);
    JsonNode error = JSON.readTree(answer.body());
    assertThat(error.path("error_code").asInt()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotBlank();
  }

  private HttpResponse<String> exchange(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .header("Accept", "*/*")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
