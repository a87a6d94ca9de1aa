package dev.waybill.relay.topic;

import dev.waybill.registry.SchemaRegistry;
import dev.waybill.relay.source.OutboxCatalog;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * From the ids of {@code outbox_schema} to those of the registry. Each schema is registered once
 * and then remembered; a failure is not. Thread-safe; blocks on database and registry the first
 * time.
 */
public final class SchemaIds {
  private final OutboxCatalog catalog;
  private final SchemaRegistry registry;
  private final String subject;
  private final Map<Integer, Integer> known = new ConcurrentHashMap<>();

  public SchemaIds(OutboxCatalog catalog, SchemaRegistry registry, String subject) {
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
