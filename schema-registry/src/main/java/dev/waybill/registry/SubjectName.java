package dev.waybill.registry;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** Under which subject a schema is registered; the strategies and words are Confluent's. */
enum SubjectName {
  /** The topic, then {@code -key} or {@code -value}: one schema, and its versions, a topic. */
  TOPIC_NAME,
  /** The record's full name: one schema in all topics. */
  RECORD_NAME,
  /** The topic, a dash, the record's full name: several types in one topic. */
  TOPIC_RECORD_NAME;

  String of(String topic, boolean key, Schema schema) {
    return switch (this) {
      case TOPIC_NAME -> topic + (key ? "-key" : "-value");
      case RECORD_NAME -> recordName(schema);
      case TOPIC_RECORD_NAME -> topic + "-" + recordName(schema);
    };
  }

  private static String recordName(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new SerializationException(
          "only records have a subject of their own; this is of type " + schema.getType());
    }
    return schema.getFullName();
  }
}
