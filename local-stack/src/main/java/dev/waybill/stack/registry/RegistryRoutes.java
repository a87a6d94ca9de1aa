package dev.waybill.stack.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.schemas.compatibility.Level;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of Confluent's REST API that the local registry knows. */
record RegistryRoutes(Subjects subjects) {
  static final String TYPE = "application/vnd.schemaregistry.v1+json";

  private static final Logger log = LoggerFactory.getLogger(RegistryRoutes.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, String> ABOUT =
      Map.of(
          "registry",
          "Waybill's local registry, for development and tests",
          "subset_of",
          "the REST API of Confluent Schema Registry: Avro only, without references, contexts, modes,"
              + " metadata and rules",
          "documentation",
          "docs/schema-registry.md#the-local-registry");

  void addTo(RoutesConfig routes) {
    routes.get("/", answer(request -> ABOUT));
    addSchemas(routes);
    addSubjects(routes);
    addCompatibility(routes);
    addConfig(routes);
    routes.exception(
        RegistryError.class,
        (e, to) -> refuse(to, e.status(), e.code(), String.valueOf(e.getMessage())));
    routes.exception(
        HttpResponseException.class,
        (e, to) ->
            refuse(
                to, e.getStatus(), e.getStatus(), "HTTP " + e.getStatus() + " " + e.getMessage()));
    routes.exception(Exception.class, RegistryRoutes::fail);
  }

  private void addSchemas(RoutesConfig routes) {
    routes.get("/schemas/types", answer(request -> List.of("AVRO")));
    routes.get("/schemas/ids/{id}", answer(request -> schema(request.id())));
    routes.get(
        "/schemas/ids/{id}/schema", to -> text(to, subjects.schema(new RegistryRequest(to).id())));
    routes.get(
        "/schemas/ids/{id}/subjects",
        answer(
            request ->
                subjects.versionsOf(request.id(), request.flag("deleted")).stream()
                    .map(Subjects.Version::subject)
                    .distinct()
                    .toList()));
    routes.get(
        "/schemas/ids/{id}/versions",
        answer(
            request ->
                subjects.versionsOf(request.id(), request.flag("deleted")).stream()
                    .map(one -> Map.of("subject", one.subject(), "version", one.version()))
                    .toList()));
    routes.get(
        "/schemas/guids/{guid}",
        answer(request -> schema(subjects.idOf(request.context().pathParam("guid")))));
  }

  private void addSubjects(RoutesConfig routes) {
    routes.get("/subjects", answer(request -> subjects.names(request.flag("deleted"))));
    routes.post(
        "/subjects/{subject}",
        answer(
            request ->
                subjects.find(request.subject(), request.schema(), request.flag("deleted"))));
    routes.delete(
        "/subjects/{subject}",
        answer(request -> subjects.delete(request.subject(), request.flag("permanent"))));
    routes.get(
        "/subjects/{subject}/versions",
        answer(request -> subjects.numbers(request.subject(), request.flag("deleted"))));
    routes.post(
        "/subjects/{subject}/versions",
        answer(request -> schemaId(subjects.register(request.subject(), request.schema()))));
    routes.get("/subjects/{subject}/versions/{version}", answer(this::version));
    routes.get(
        "/subjects/{subject}/versions/{version}/schema",
        to -> text(to, version(new RegistryRequest(to)).schema()));
    routes.delete(
        "/subjects/{subject}/versions/{version}",
        answer(
            request ->
                subjects.delete(request.subject(), request.version(), request.flag("permanent"))));
  }

  private void addCompatibility(RoutesConfig routes) {
    routes.post(
        "/compatibility/subjects/{subject}/versions",
        answer(
            request -> verdict(request, subjects.problems(request.subject(), request.schema()))));
    routes.post(
        "/compatibility/subjects/{subject}/versions/{version}",
        answer(
            request ->
                verdict(
                    request,
                    subjects.problems(request.subject(), request.version(), request.schema()))));
  }

  private void addConfig(RoutesConfig routes) {
    routes.get("/config", answer(request -> held(subjects.globalLevel())));
    routes.put(
        "/config",
        answer(
            request -> {
              subjects.setGlobalLevel(request.level());
              return Map.of("compatibility", subjects.globalLevel());
            }));
    routes.delete("/config", answer(request -> held(subjects.removeGlobalLevel())));
    routes.get(
        "/config/{subject}",
        answer(
            request ->
                held(
                    request.flag("defaultToGlobal")
                        ? subjects.level(request.subject())
                        : subjects.ownLevel(request.subject()))));
    routes.put(
        "/config/{subject}",
        answer(
            request -> {
              subjects.setLevel(request.subject(), request.level());
              return Map.of("compatibility", subjects.ownLevel(request.subject()));
            }));
    routes.delete(
        "/config/{subject}", answer(request -> held(subjects.removeLevel(request.subject()))));
  }

  private Subjects.Version version(RegistryRequest request) {
    return subjects.version(request.subject(), request.version(), request.flag("deleted"));
  }

  private Map<String, Object> schema(int id) {
    String schema = subjects.schema(id);
    return Map.of("schema", schema, "guid", Guid.of(schema));
  }

  private Map<String, Object> schemaId(int id) {
    return Map.of("id", id, "guid", Guid.of(subjects.schema(id)));
  }

  /** The reasons only for who asks for them, as Confluent's registry does. */
  private static Map<String, Object> verdict(RegistryRequest request, List<String> problems) {
    Map<String, Object> verdict = new LinkedHashMap<>();
    verdict.put("is_compatible", problems.isEmpty());
    if (request.flag("verbose")) {
      verdict.put("messages", problems);
    }
    return verdict;
  }

  private static Map<String, Level> held(Level level) {
    return Map.of("compatibilityLevel", level);
  }

  private static Handler answer(Function<RegistryRequest, Object> answer) {
    return to -> text(to, JSON.writeValueAsString(answer.apply(new RegistryRequest(to))));
  }

  private static void text(Context to, String body) {
    to.contentType(TYPE).result(body.getBytes(UTF_8));
  }

  private static void refuse(Context to, int status, int code, String message) {
    text(to.status(status), error(code, message));
  }

  private static void fail(Exception failure, Context to) {
    log.error("{} {} failed; answered with 500", to.method(), to.path(), failure);
    refuse(to, 500, 50001, String.valueOf(failure.getMessage()));
  }

  static String error(int code, String message) {
    return JSON.createObjectNode().put("error_code", code).put("message", message).toString();
  }
}
