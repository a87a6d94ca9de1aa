package dev.waybill.proof.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who uses the page as a browser would: with a cookie, and forms out of pages. */
final class Visitor {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private String cookie = "";

  Visitor(String url) {
    this.url = url;
  }

  void logIn(String name, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/login", Map.of("name", name, "token", token));
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  /** Sends a form, with the proof of a page. */
  HttpResponse<String> act(String page, String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(fields);
    all.put("proof", hidden(get(page).body(), "proof"));
    return post(path, all);
  }

  /** The value of a hidden field. */
  static String hidden(String page, String name) {
    Matcher field = Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page);
    if (!field.find()) {
      throw new AssertionError("no field " + name + " in " + page);
    }
    return field.group(1);
  }

  private HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return http.send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }
}
