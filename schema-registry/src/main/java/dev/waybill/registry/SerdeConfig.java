package dev.waybill.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a serializer or deserializer, read from Confluent's keys. */
record SerdeConfig(
    @Nullable SchemaRegistryConfig registry,
    boolean key,
    boolean autoRegister,
    SubjectName subjectName,
    boolean specificReader,
    @Nullable Class<?> specificType,
    boolean logicalTypes) {
  static final String URL = "schema.registry.url";
  static final String AUTO_REGISTER = "auto.register.schemas";
  static final String SPECIFIC = "specific.avro.reader";
  static final String LOGICAL_TYPES = "avro.use.logical.type.converters";
  static final String SUBJECT_STRATEGY = "subject.name.strategy";
  static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
  static final String USER_INFO = "basic.auth.user.info";
  static final String READ_TIMEOUT = "http.read.timeout.ms";

  static SerdeConfig defaults(@Nullable Class<?> specificType) {
    return new SerdeConfig(
        null, false, true, SubjectName.TOPIC_NAME, specificType != null, specificType, false);
  }

  /** Everything that is wrong is named in one {@code ConfigException}. */
  static SerdeConfig read(
      Map<String, ?> settings, boolean key, boolean registryGiven, @Nullable Class<?> type) {
    Keys keys = new Keys(settings);
    keys.refuseUnsupported();
    String side = key ? "key" : "value";
    Class<?> configured = keys.type("specific.avro." + side + ".type");
    SerdeConfig config =
        new SerdeConfig(
            registryGiven ? null : new RegistryKeys(keys).read(),
            key,
            keys.bool(AUTO_REGISTER, true),
            strategy(keys, side + "." + SUBJECT_STRATEGY),
            keys.bool(SPECIFIC, type != null || configured != null),
            configured == null ? type : configured,
            keys.bool(LOGICAL_TYPES, false));
    keys.finish();
    return config;
  }

  private static SubjectName strategy(Keys keys, String name) {
    Object given = keys.get(name);
    return switch (given == null ? "TopicNameStrategy" : Keys.simple(given)) {
      case "TopicName", "TopicNameStrategy" -> SubjectName.TOPIC_NAME;
      case "RecordName", "RecordNameStrategy" -> SubjectName.RECORD_NAME;
      case "TopicRecordName", "TopicRecordNameStrategy" -> SubjectName.TOPIC_RECORD_NAME;
      default -> {
        keys.wrong(name, "is none of TopicName, RecordName, TopicRecordName: " + given);
        yield SubjectName.TOPIC_NAME;
      }
    };
  }
}
