package dev.waybill.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * A schema registry behind Confluent's REST API (Confluent's own, Apicurio's ccompat, Karapace,
 * Redpanda).
 *
 * <p>What it once answered is remembered for ever, because the schema of an id and the id of a
 * schema under a subject never change; failures are not, but for the schemas that it does not know:
 * those are asked for again after {@value UnknownSchemas#SECONDS} s. Safe for use by many threads;
 * of those that ask the same at once, one sends the request and the others wait for its answer.
 * Every method may block for as long as all attempts take: addresses × {@value RegistryHttp#ROUNDS}
 * × {@link SchemaRegistryConfig#requestTimeout()} at worst. An interrupt ends the wait with {@link
 * RegistryUnavailableException} and stays set.
 */
public final class SchemaRegistry implements AutoCloseable {
  private record Registration(String subject, String json) {}

  private final RegistryHttp http;
  private final SchemaParser parser;
  private final RegistrySubjects subjects;
  private final OncePerKey<Registration, Integer> registered = new OncePerKey<>();
  private final OncePerKey<Registration, Integer> found = new OncePerKey<>();
  private final OncePerKey<SchemaName, Schema> schemas = new OncePerKey<>();
  private final UnknownSchemas unknown;

  /** Sends nothing yet. */
  public SchemaRegistry(SchemaRegistryConfig config) {
    this(config, System::nanoTime);
  }

  SchemaRegistry(SchemaRegistryConfig config, LongSupplier nanoTime) {
    this.http = new RegistryHttp(config);
    this.parser = new SchemaParser(http);
    this.subjects = new RegistrySubjects(http);
    this.unknown = new UnknownSchemas(nanoTime);
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
   * The id of a schema that somebody registered under the subject before, with or without the
   * {@code avro.java.string} properties of generated classes; registers nothing.
   *
   * @throws SchemaRejectedException if it is not registered there
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  public int lookUp(String subject, Schema schema) {
    return once(found, new Registration(subject, PlainSchema.json(schema)), this::find);
  }

  /**
   * The id of a subject's newest schema, asked for each time; empty when there is no such subject.
   *
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  public OptionalInt newest(String subject) {
    return subjects.newest(subject);
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
    return schema(new SchemaName.Id(id));
  }

  /**
   * The schema of Confluent's GUID, as {@link #schema(int)}.
   *
   * @throws UnknownSchemaException if there is none, or it is not an Avro schema
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry does not know GUIDs (Confluent's do from version 8
   *     on), or refuses to talk
   */
  public Schema schema(UUID guid) {
    return schema(new SchemaName.Guid(guid));
  }

  Schema schema(SchemaName name) {
    return once(schemas, name, this::unlessUnknown);
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

  /**
   * As it is registered here, else as Confluent's serializer registers it for a generated class.
   */
  private int find(Registration key) {
    try {
      return id(key, "/subjects/" + path(key.subject()));
    } catch (SchemaRejectedException notPlain) {
      if (notPlain.errorCode() == Answer.NO_SUBJECT) {
        throw notPlain;
      }
      return subjects.like(key.subject(), key.json()).orElseThrow(() -> notPlain);
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

  private Schema unlessUnknown(SchemaName name) {
    UnknownSchemaException told = unknown.get(name);
    if (told != null) {
      throw told;
    }
    try {
      return fetch(name);
    } catch (UnknownSchemaException answer) {
      unknown.put(name, answer);
      throw answer;
    }
  }

  private Schema fetch(SchemaName name) {
    if (name instanceof SchemaName.Id number && number.id() < 0) {
      throw new UnknownSchemaException(name, "ids are not negative", 0, null);
    }
    Answer answer = http.get(name.path());
    if (answer.notFound() || answer.refusedWith(400) || answer.refusedWith(422)) {
      throw new UnknownSchemaException(name, answer.message(), answer.errorCode(), null);
    }
    if (name instanceof SchemaName.Guid && (answer.status() == 404 || answer.status() == 405)) {
      throw new RegistryException(
          "the schema registry at %s does not know the call for %s (Confluent's does from version 8 on): %s"
              .formatted(answer.from(), name, answer.message()),
          answer.errorCode(),
          null);
    }
    return parser.parse(name, answer.text("schema"), answer);
  }

  static String path(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
