package dev.waybill.relay.topic;

import dev.waybill.registry.SchemaRegistry;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * From the ids of {@code outbox_schema} to those of the registry. Each schema is registered once
 * and then remembered; a failure is not. Blocks on database and registry the first time.
 *
 * <p>Of one lane and one connection: a database that was restored may have given an id to another
 * schema, and its connections ended with it.
 */
public final class SchemaIds {

  /** Finds the JSON of an outbox schema; empty when there is no such schema. */
  @FunctionalInterface
  public interface Catalog {
    Optional<String> schemaJson(int outboxSchemaId) throws SQLException;
  }

  private final Catalog catalog;
  private final SchemaRegistry registry;
  private final String subject;
  private final Map<Integer, Integer> known = new HashMap<>();

  public SchemaIds(Catalog catalog, SchemaRegistry registry, String subject) {
    this.catalog = catalog;
    this.registry = registry;
    this.subject = subject;
  }

  /**
   * The registry's id.
   *
   * @throws UnusableEventException when there is no such schema, or it is none
   * @throws SQLException when the database is away
   * @throws dev.waybill.registry.RegistryException when the registry is away or refuses the schema
   */
  int registryId(int outboxSchemaId) throws SQLException {
    Integer id = known.get(outboxSchemaId);
    if (id == null) {
      Schema schema = schema(outboxSchemaId);
      id = registry.register(subject, schema);
      known.put(outboxSchemaId, id);
    }
    return id;
  }

  private Schema schema(int outboxSchemaId) throws SQLException {
    String json =
        catalog
            .schemaJson(outboxSchemaId)
            .orElseThrow(
                () ->
                    new UnusableEventException(
                        "outbox_schema has no schema_id " + outboxSchemaId, null));
    try {
      return new Schema.Parser().parse(json);
    } catch (RuntimeException notASchema) { // Avro throws several kinds, also a null pointer's.
      throw new UnusableEventException(
          "schema_id " + outboxSchemaId + " is no Avro schema", notASchema);
    }
  }
}
