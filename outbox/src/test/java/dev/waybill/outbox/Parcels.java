package dev.waybill.outbox;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Somebody else's aggregate. */
final class Parcels {
  static final Table<?> PARCEL = DSL.table(DSL.name("parcel"));
  static final Field<String> ID = DSL.field(DSL.name("id"), SQLDataType.CLOB);
  static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);
  static final Field<Long> GRAMS = DSL.field(DSL.name("grams"), SQLDataType.BIGINT);

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Parcel", "namespace": "com.example", "fields": [
                {"name": "id", "type": "string"},
                {"name": "grams", "type": "long"},
                {"name": "note", "type": ["null", "string"], "default": null}]}
              """);

  private Parcels() {}

  static GenericRecord parcel(String id, long grams) {
    return new GenericRecordBuilder(SCHEMA).set("id", id).set("grams", grams).build();
  }

  static OutboxEvent sent(String id, long version) {
    return OutboxEvent.of("parcel", id, version, "ParcelSent", parcel(id, 100 + version));
  }

  /** Its encoding is longer than the note by what id and lengths take. */
  static GenericRecord withNote(String note) {
    GenericRecord parcel = parcel("p", 1);
    parcel.put("note", note);
    return parcel;
  }

  static GenericData.Record empty() {
    return new GenericData.Record(SCHEMA);
  }
}
