package dev.waybill.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * A schema registry behind Confluent's REST API (Confluent's own, Apicurio's ccompat, Karapace,
 * Redpanda).
 *
 * <p>What it once answered is remembered for ever, because the schema of an id and the id of a
 * schema under a subject never change; failures are not. Safe for use by many threads; of those
 * that ask the same at once, one sends the request and the others wait for its answer. Every method
 * may block for as long as all attempts take: addresses × {@value RegistryHttp#ROUNDS} × {@link
 * SchemaRegistryConfig#requestTimeout()} at worst. An interrupt ends the wait with {@link
 * RegistryUnavailableException} and stays set.
 */
public final class SchemaRegistry implements AutoCloseable {
  private record Registration(String subject, String json) {}

  private final RegistryHttp http;
  private final SchemaParser parser;
  private final OncePerKey<Registration, Integer> registered = new OncePerKey<>();
  private final OncePerKey<Registration, Integer> found = new OncePerKey<>();
  private final OncePerKey<Integer, Schema> schemas = new OncePerKey<>();

  /** Sends nothing yet. */
  public SchemaRegistry(SchemaRegistryConfig config) {
    this.http = new RegistryHttp(config);
    this.parser = new SchemaParser(http);
  }

  /**
   * Makes sure that the schema is registered under the subject, and returns its id there.
   * Registering again what is registered changes nothing. The {@code avro.java.string} properties
   * of generated classes are not registered.
   *
   * <p>Renders the schema, so keep the id where this would be called for every record.
   *
   * @throws SchemaRejectedException if the registry finds it invalid or incompatible
   * @throws RegistryUnavailableException if the registry is away; whether it registered the schema
   *     is then unknown, and calling again is harmless
   * @throws RegistryException if the registry refuses to talk (credentials and the like)
   */
  public int register(String subject, Schema schema) {
    return once(
        registered,
        new Registration(subject, PlainSchema.json(schema)),
        key -> id(key, "/subjects/" + path(subject) + "/versions"));
  }

  /**
   * The id of a schema that somebody registered under the subject before; registers nothing.
   *
   * @throws SchemaRejectedException if it is not registered there
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  public int lookUp(String subject, Schema schema) {
    return once(
        found,
        new Registration(subject, PlainSchema.json(schema)),
        key -> id(key, "/subjects/" + path(subject)));
  }

  /**
   * The schema of an id, with the schemas that it refers to in other subjects. The same object each
   * time.
   *
   * @throws UnknownSchemaException if there is none, or it is not an Avro schema
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  public Schema schema(int id) {
    return once(schemas, id, this::fetch);
  }

  /**
   * Waits for requests under way (from JDK 21 on; their time-outs end them) and lets the HTTP
   * client's threads end. Asking afterwards is an {@code IllegalStateException}, unless the answer
   * is remembered.
   */
  @Override
  public void close() {
    http.close();
  }

  private static <K, V> V once(OncePerKey<K, V> answers, K key, Function<K, V> fetch) {
    try {
      return answers.get(key, fetch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException(
          "interrupted while another thread asks the schema registry", 0, e);
    }
  }

  private int id(Registration key, String path) {
    Answer answer =
        http.post(path, JsonNodeFactory.instance.objectNode().put("schema", key.json()));
    if (answer.notFound() || answer.status() == 413 || isAboutTheSchema(answer)) {
      throw new SchemaRejectedException(key.subject(), answer.message(), answer.errorCode());
    }
    return answer.id();
  }

  private static boolean isAboutTheSchema(Answer answer) {
    return answer.refusedWith(400) || answer.refusedWith(409) || answer.refusedWith(422);
  }

  private Schema fetch(int id) {
    if (id < 0) {
      throw new UnknownSchemaException(id, "ids are not negative", 0, null);
    }
    Answer answer = http.get("/schemas/ids/" + id);
    if (answer.notFound() || answer.refusedWith(400) || answer.refusedWith(422)) {
      throw new UnknownSchemaException(id, answer.message(), answer.errorCode(), null);
    }
    return parser.parse(id, answer.text("schema"), answer);
  }

  static String path(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
