package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.AwayException;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.replay.Letter;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.RegistryException;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.UnknownSchemaException;
import dev.waybill.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Values as they may be edited, and as they are written again. Safe for use by many threads. */
public final class EditedValues {
  private static final String REGISTRY = "the schema registry";

  private final SchemaRegistry registry;
  private final AvroDeserializer<Object> values;
  private final String subject;

  /**
   * Asks nothing yet; the registry stays the caller's to close.
   *
   * @param subject whose newest schema stands for values that name none
   */
  public EditedValues(SchemaRegistry registry, String subject) {
    this.registry = registry;
    this.values = new AvroDeserializer<>(registry);
    this.subject = subject;
  }

  /** Neither when the registry is away: key and headers can be edited without it. */
  record Offered(@Nullable Integer schema, @Nullable JsonNode value) {
    static final Offered NOTHING = new Offered(null, null);
  }

  /** What may be edited of a letter's value: nothing that is not shown. */
  Offered offer(Letter letter, Payloads payloads) {
    byte[] value = letter.record().value();
    Headers headers = letter.record().headers();
    boolean shown =
        payloads == Payloads.FULL && headers.lastHeader(DeadLetterHeaders.VALUE_BYTES) == null;
    try {
      return new Offered(
          schema(headers, value), value == null || !shown ? null : decoded(headers, value));
    } catch (RegistryException away) {
      return Offered.NOTHING;
    }
  }

  private @Nullable JsonNode decoded(Headers headers, byte[] value) {
    try {
      return values.deserialize("", headers, value) instanceof GenericRecord record
          ? AvroJson.of(record, record.getSchema())
          : null;
    } catch (SerializationException notDecodable) {
      return null;
    }
  }

  /** That a value names and the registry knows, else the newest. */
  private @Nullable Integer schema(Headers headers, byte @Nullable [] value) {
    if (value != null && headers.lastHeader(WireFormat.VALUE_SCHEMA) == null) {
      try {
        int named = WireFormat.schemaId(value);
        Schema unusedKnown = registry.schema(named);
        return named;
      } catch (SerializationException | UnknownSchemaException none) {
        // then the newest
      }
    }
    OptionalInt newest = registry.newest(subject);
    return newest.isEmpty() ? null : newest.getAsInt();
  }

  /**
   * The bytes of an edited value, which were read once to be sure that B can.
   *
   * @param headers that it will be sent with
   * @throws IllegalArgumentException when it does not fit its schema, or there is none
   * @throws AwayException when the registry cannot be asked
   */
  byte[] encode(Edit edit, Edit offered, Headers headers) {
    Integer id = edit.schema() == null ? offered.schema() : edit.schema();
    if (id == null) {
      throw new IllegalArgumentException(
          "the id of a schema is needed: there is none under " + subject);
    }
    try {
      Schema schema = registry.schema(id);
      byte[] value = WireFormat.frame(id, binary(Objects.requireNonNull(edit.value()), schema));
      Object unused = values.deserialize("", headers, value);
      return value;
    } catch (KafkaException | RegistryException failure) {
      String words = String.valueOf(failure.getMessage());
      if (RegistryException.isCauseOf(failure)) {
        throw new AwayException(REGISTRY, words);
      }
      throw new IllegalArgumentException(words, failure);
    }
  }

  private static byte[] binary(JsonNode json, Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<@Nullable Object>(schema)
          .write(AvroJsonReader.read(json, schema), encoder);
      encoder.flush();
    } catch (IOException never) {
      throw new IllegalStateException(never);
    } catch (AvroRuntimeException notFitting) {
      throw new IllegalArgumentException(
          "the value does not fit its schema: " + notFitting.getMessage(), notFitting);
    }
    return bytes.toByteArray();
  }
}
