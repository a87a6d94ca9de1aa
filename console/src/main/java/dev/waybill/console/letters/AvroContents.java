package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.RegistryException;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.WireFormat;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Decodes a value, or says at which byte that fails. */
final class AvroContents {
  private static final int MOST_HEX_BYTES = 2_048;

  private final SchemaRegistry registry;
  private final AvroDeserializer<Object> values;
  private final Payloads payloads;

  AvroContents(SchemaRegistry registry, Payloads payloads) {
    this.registry = registry;
    this.values = new AvroDeserializer<>(registry);
    this.payloads = payloads;
  }

  /** What came of it. */
  record Read(@Nullable JsonNode value, @Nullable String hex, @Nullable String failure) {
    static final Read NOTHING = new Read(null, null, null);
  }

  Read read(Headers headers, byte[] value) {
    try {
      return new Read(MaskedValue.of(values.deserialize("", headers, value), payloads), null, null);
    } catch (KafkaException | RegistryException failure) {
      String why = String.valueOf(failure.getMessage());
      return new Read(
          null,
          payloads == Payloads.FULL ? hex(value) : null,
          RegistryException.isCauseOf(failure) ? why : why + place(headers, value));
    }
  }

  private static String hex(byte[] value) {
    int shown = Math.min(value.length, MOST_HEX_BYTES);
    return HexFormat.ofDelimiter(" ").formatHex(value, 0, shown)
        + (shown < value.length ? " … of %s bytes".formatted(value.length) : "");
  }

  /** At which byte the value stops to fit its schema. */
  private String place(Headers headers, byte[] value) {
    int start = WireFormat.contentStart(headers, value);
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(value, start, value.length - start, null);
    try {
      Schema schema = registry.schema(WireFormat.schemaId(value));
      Object unused = new GenericDatumReader<>(schema).read(null, decoder);
      return "; fails at byte " + at(value, decoder) + ", where the value should end";
    } catch (SerializationException | RegistryException noSchema) {
      return "";
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException notFitting) {
      return "; fails at byte " + at(value, decoder) + " of " + value.length;
    }
  }

  private static int at(byte[] value, BinaryDecoder decoder) {
    try {
      return value.length - decoder.inputStream().available();
    } catch (IOException never) {
      throw new IllegalStateException(never);
    }
  }
}
