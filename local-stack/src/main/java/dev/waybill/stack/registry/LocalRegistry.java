package dev.waybill.stack.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.schemas.compatibility.Level;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The local stack's schema registry, on 127.0.0.1, in this process. Avro only, without references
 * between subjects; FULL_TRANSITIVE unless told otherwise. What is registered stays in its file.
 */
public final class LocalRegistry implements RegistryServer {
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
    var routes = config.routes;
    routes.post("/subjects/{subject}/versions", this::register);
    routes.post("/subjects/{subject}", this::find);
    routes.get("/subjects", context -> answer(context, subjects.names()));
    routes.get("/subjects/{subject}/versions", this::versions);
    routes.get(
        "/subjects/{subject}/versions/{version}",
        context ->
            answer(context, subjects.version(subject(context), context.pathParam("version"))));
    routes.get("/schemas/ids/{id}", this::schema);
    routes.post("/compatibility/subjects/{subject}/versions", this::check);
    routes.post("/compatibility/subjects/{subject}/versions/latest", this::check);
    routes.get("/config", context -> level(context, subjects.globalLevel()));
    routes.put("/config", context -> setLevel(context, null));
    routes.get("/config/{subject}", context -> level(context, subjects.ownLevel(subject(context))));
    routes.put("/config/{subject}", context -> setLevel(context, subject(context)));
    routes.exception(RegistryError.class, LocalRegistry::refuse);
  }

  private void register(Context context) throws IOException {
    answer(context, Map.of("id", subjects.register(subject(context), schemaOf(context))));
  }

  private void find(Context context) throws IOException {
    answer(context, subjects.find(subject(context), schemaOf(context)));
  }

  private void versions(Context context) throws IOException {
    int count = subjects.versions(subject(context));
    answer(context, IntStream.rangeClosed(1, count).boxed().toList());
  }

  private void schema(Context context) throws IOException {
    try {
      answer(context, Map.of("schema", subjects.schema(Integer.parseInt(context.pathParam("id")))));
    } catch (NumberFormatException notANumber) {
      throw RegistryError.noSchema();
    }
  }

  private void check(Context context) throws IOException {
    List<String> problems = subjects.problems(subject(context), schemaOf(context));
    answer(context, Map.of("is_compatible", problems.isEmpty(), "messages", problems));
  }

  private void setLevel(Context context, @Nullable String subject) throws IOException {
    Level level = level(JSON.readTree(context.body()).path("compatibility").asText());
    if (subject == null) {
      subjects.setGlobalLevel(level);
    } else {
      subjects.setLevel(subject, level);
    }
    answer(context, Map.of("compatibility", level));
  }

  private static Level level(String name) {
    try {
      return Level.valueOf(name);
    } catch (IllegalArgumentException unknown) {
      throw RegistryError.invalidLevel(name);
    }
  }

  private static void level(Context context, Level level) throws IOException {
    answer(context, Map.of("compatibilityLevel", level));
  }

  private static String subject(Context context) {
    return context.pathParam("subject");
  }

  private static String schemaOf(Context context) throws IOException {
    JsonNode body = JSON.readTree(context.body());
    if (!body.path("schemaType").asText("AVRO").equals("AVRO") || body.has("references")) {
      throw RegistryError.invalidSchema("the local registry takes Avro without references only");
    }
    return body.path("schema").asText();
  }

  private static void refuse(RegistryError refusal, Context context) {
    context
        .status(refusal.status())
        .contentType(TYPE)
        .result(
            JSON.createObjectNode()
                .put("error_code", refusal.code())
                .put("message", refusal.getMessage())
                .toString());
  }

  private static void answer(Context context, Object body) throws IOException {
    context.contentType(TYPE).result(JSON.writeValueAsString(body));
  }
}
