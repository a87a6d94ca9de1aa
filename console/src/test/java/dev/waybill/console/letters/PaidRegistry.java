package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.registry.WireFormat;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** A registry over HTTP with one schema, of id 1, which is the newest of its subject. */
final class PaidRegistry implements AutoCloseable {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Paid", "fields": [
                {"name": "customer", "type": "string"},
                {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}
              """);

  private final Javalin server =
      Javalin.create(
          config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                "/schemas/ids/1", context -> answer(context, Map.of("schema", SCHEMA.toString())));
            config.routes.get(
                "/subjects/events-value/versions", context -> answer(context, List.of(1)));
            config.routes.get(
                "/subjects/events-value/versions/1", context -> answer(context, Map.of("id", 1)));
            config.routes.error(
                404,
                context -> answer(context, Map.of("error_code", 40403, "message", "not found")));
          });
  private final SchemaRegistry client;

  PaidRegistry() {
    server.start("127.0.0.1", 0);
    client = new SchemaRegistry(SchemaRegistryConfig.of("http://127.0.0.1:" + server.port()));
  }

  private static void answer(Context context, Object value) throws IOException {
    context
        .contentType("application/json")
        .result(JsonMapper.builder().build().writeValueAsString(value));
  }

  SchemaRegistry client() {
    return client;
  }

  /** Nobody answers any more. */
  void isAway() {
    server.stop();
  }

  /** A value with its schema's id. */
  byte[] value(String customer, String amount) {
    GenericData.Record record = new GenericData.Record(SCHEMA);
    record.put("customer", customer);
    record.put("amount", ByteBuffer.wrap(new BigDecimal(amount).unscaledValue().toByteArray()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(SCHEMA).write(record, encoder);
      encoder.flush();
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    return WireFormat.frame(1, bytes.toByteArray());
  }

  @Override
  public void close() {
    client.close();
    server.stop();
  }
}
