package dev.waybill.outbox;

import static dev.waybill.outbox.jooq.Tables.OUTBOX_SCHEMA;

import dev.waybill.outbox.RejectedEventException.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The schemas of {@code outbox_schema} that this writer writes with, and their ids. Immutable. */
final class StoredSchemas {
  private static final Pattern STRING_CLASS =
      Pattern.compile(",\"" + Pattern.quote(GenericData.STRING_PROP) + "\":\"\\w+\"");

  private final IdentityHashMap<Schema, Integer> idsByIdentity;
  private final Map<String, Integer> idsByMeaning;

  private StoredSchemas(
      IdentityHashMap<Schema, Integer> idsByIdentity, Map<String, Integer> idsByMeaning) {
    this.idsByIdentity = idsByIdentity;
    this.idsByMeaning = idsByMeaning;
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
    Map<String, Integer> idsByMeaning = new HashMap<>();
    texts.forEach(
        (schema, one) -> {
          idsByIdentity.put(schema, idsByJson.get(one.json()));
          idsByMeaning.put(meaning(schema), idsByJson.get(one.json()));
        });
    return new StoredSchemas(idsByIdentity, idsByMeaning);
  }

  /** The id under which the schema is stored; quickest for the very instance that was given. */
  int idOf(Schema schema) {
    Integer id = idsByIdentity.get(schema);
    if (id == null) {
      id = idsByMeaning.get(meaning(schema));
    }
    if (id == null) {
      throw new RejectedEventException(
          Reason.SCHEMA_UNKNOWN,
          "the outbox was not opened with this schema of " + schema.getFullName());
    }
    return id;
  }

  /**
   * Its text, but for the class in which Java holds strings, which generated classes' schemas name
   * and the files that they are generated from do not.
   */
  private static String meaning(Schema schema) {
    String json = schema.toString();
    return json.contains(GenericData.STRING_PROP)
        ? new Schema.Parser().parse(STRING_CLASS.matcher(json).replaceAll("")).toString()
        : json;
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
