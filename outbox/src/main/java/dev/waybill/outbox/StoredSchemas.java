package dev.waybill.outbox;

import static dev.waybill.outbox.jooq.Tables.OUTBOX_SCHEMA;

import dev.waybill.outbox.RejectedEventException.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The schemas of {@code outbox_schema} that this writer writes with, and their ids. Immutable. */
final class StoredSchemas {
  private final IdentityHashMap<Schema, Integer> idsByIdentity;
  private final Map<String, Integer> idsByJson;

  private StoredSchemas(
      IdentityHashMap<Schema, Integer> idsByIdentity, Map<String, Integer> idsByJson) {
    this.idsByIdentity = idsByIdentity;
    this.idsByJson = idsByJson;
  }

  /**
   * Stores the schemas that are not there yet, in a transaction of its own.
   *
   * @throws IllegalArgumentException if a schema is not a record
   * @throws IllegalStateException if called inside a transaction: the ids could be rolled back
   */
  static StoredSchemas store(DSLContext database, Collection<Schema> schemas) {
    IdentityHashMap<Schema, SchemaText> texts = new IdentityHashMap<>();
    // In the same order in every instance: those that start at once then wait, but never deadlock.
    Map<String, SchemaText> ordered = new TreeMap<>();
    for (Schema schema : schemas) {
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IllegalArgumentException("not a record: the schema " + schema);
      }
      SchemaText one = SchemaText.of(schema);
      texts.put(schema, one);
      ordered.put(one.sha256(), one);
    }
    Map<String, Integer> idsByJson = new HashMap<>();
    database.transaction(
        tx -> {
          // A stricter default would turn another instance's insert into a failure.
          tx.dsl().execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
          ordered.values().forEach(one -> idsByJson.put(one.json(), idOf(tx.dsl(), one)));
        });
    if (database.fetchValue("SELECT pg_current_xact_id_if_assigned()::text") != null) {
      throw new IllegalStateException(
          "the outbox was opened inside a transaction: its schemas would be rolled back with it");
    }
    IdentityHashMap<Schema, Integer> idsByIdentity = new IdentityHashMap<>();
    texts.forEach((schema, one) -> idsByIdentity.put(schema, idsByJson.get(one.json())));
    return new StoredSchemas(idsByIdentity, idsByJson);
  }

  /** The id under which the schema is stored; quickest for the very instance that was given. */
  int idOf(Schema schema) {
    Integer id = idsByIdentity.get(schema);
    if (id == null) {
      id = idsByJson.get(schema.toString());
    }
    if (id == null) {
      throw new RejectedEventException(
          Reason.SCHEMA_UNKNOWN,
          "the outbox was not opened with this schema of " + schema.getFullName());
    }
    return id;
  }

  private static int idOf(DSLContext tx, SchemaText schema) {
    Integer id = find(tx, schema);
    if (id == null) {
      tx.insertInto(OUTBOX_SCHEMA, OUTBOX_SCHEMA.SHA256, OUTBOX_SCHEMA.SCHEMA_JSON)
          .values(schema.sha256Bytes(), schema.json())
          .onConflictDoNothing()
          .execute();
      id = find(tx, schema);
    }
    if (id == null) {
      throw new IllegalStateException("outbox_schema does not show the row just written");
    }
    return id;
  }

  private static @Nullable Integer find(DSLContext tx, SchemaText schema) {
    return tx.select(OUTBOX_SCHEMA.SCHEMA_ID)
        .from(OUTBOX_SCHEMA)
        .where(OUTBOX_SCHEMA.SHA256.eq(schema.sha256Bytes()))
        .fetchOne(OUTBOX_SCHEMA.SCHEMA_ID);
  }
}
