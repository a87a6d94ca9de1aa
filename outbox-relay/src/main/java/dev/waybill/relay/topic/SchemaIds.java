package dev.waybill.relay.topic;

import dev.waybill.registry.SchemaRegistry;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * From the ids of {@code outbox_schema} to those of the registry. Each schema is registered once
 * and then remembered; a failure is not. Blocks on database and registry the first time.
 *
 * <p>Of one lane and one connection: a database that was restored may have given an id to another
 * schema, and its connections ended with it.
 */
public final class SchemaIds {

  /** Finds the JSON of an outbox schema. */
  @FunctionalInterface
  public interface Catalog {
    String schemaJson(int outboxSchemaId) throws SQLException;
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
   * @throws SQLException when the database is away
   * @throws dev.waybill.registry.RegistryException when the registry is away or refuses the schema
   */
  int registryId(int outboxSchemaId) throws SQLException {
    Integer id = known.get(outboxSchemaId);
    if (id == null) {
      Schema schema = new Schema.Parser().parse(catalog.schemaJson(outboxSchemaId));
      id = registry.register(subject, schema);
      known.put(outboxSchemaId, id);
    }
    return id;
  }
}
