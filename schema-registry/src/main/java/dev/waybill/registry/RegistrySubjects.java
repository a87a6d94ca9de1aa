package dev.waybill.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * What a registry has under its subjects, for those who look after it: versions and levels of
 * compatibility. Remembers nothing. Blocks and fails as {@link SchemaRegistry} does; safe for use
 * by many threads.
 */
public final class RegistrySubjects implements AutoCloseable {
  private static final int NO_LEVEL = 40408;

  private final RegistryHttp http;
  private final SchemaParser parser;

  /** Sends nothing yet. */
  public RegistrySubjects(SchemaRegistryConfig config) {
    this(new RegistryHttp(config));
  }

  RegistrySubjects(RegistryHttp http) {
    this.http = http;
    this.parser = new SchemaParser(http);
  }

  /**
   * The numbers of the subject's versions, in order; none when there is no such subject.
   *
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  public List<Integer> versions(String subject) {
    Answer answer = http.get("/subjects/" + SchemaRegistry.path(subject) + "/versions");
    return answer.notFound() ? List.of() : answer.numbers();
  }

  /**
   * The schema of a version.
   *
   * @throws UnknownSchemaException if it is not an Avro schema
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if there is no such version, or the registry refuses to talk
   */
  public Schema schema(String subject, int version) {
    return schema(version(subject, version));
  }

  /**
   * The id of the subject's newest schema; empty when there is no such subject.
   *
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  OptionalInt newest(String subject) {
    List<Integer> versions = versions(subject);
    return versions.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(version(subject, versions.get(versions.size() - 1)).id());
  }

  /**
   * The id of the newest version that is this schema but for what generated classes add for Java.
   *
   * @param plain as {@link PlainSchema} renders it
   */
  OptionalInt like(String subject, String plain) {
    List<Integer> versions = versions(subject);
    for (int i = versions.size() - 1; i >= 0; i--) {
      Answer answer = version(subject, versions.get(i));
      try {
        if (PlainSchema.json(schema(answer)).equals(plain)) {
          return OptionalInt.of(answer.id());
        }
      } catch (UnknownSchemaException notAvro) {
        // the next one may be
      }
    }
    return OptionalInt.empty();
  }

  private Answer version(String subject, int version) {
    return http.get("/subjects/" + SchemaRegistry.path(subject) + "/versions/" + version);
  }

  private Schema schema(Answer version) {
    return parser.parse(new SchemaName.Id(version.id()), version.text("schema"), version);
  }

  /**
   * The level of compatibility that holds for the subject: its own, or the registry's. One of
   * Confluent's words, such as {@code FULL_TRANSITIVE}.
   *
   * @throws RegistryUnavailableException if the registry is away
   * @throws RegistryException if the registry refuses to talk
   */
  public String level(String subject) {
    Answer own = http.get("/config/" + SchemaRegistry.path(subject));
    boolean none = own.notFound() || own.errorCode() == NO_LEVEL;
    return (none ? http.get("/config") : own).text("compatibilityLevel");
  }

  /**
   * Sets the subject's own level, from the next registration on.
   *
   * @param level one of Confluent's words, such as {@code FULL_TRANSITIVE}
   * @throws RegistryUnavailableException if the registry is away; calling again is harmless
   * @throws RegistryException if the registry refuses
   */
  public void setLevel(String subject, String level) {
    http.put(
            "/config/" + SchemaRegistry.path(subject),
            JsonNodeFactory.instance.objectNode().put("compatibility", level))
        .text("compatibility");
  }

  /** As {@link SchemaRegistry#close}. */
  @Override
  public void close() {
    http.close();
  }
}
