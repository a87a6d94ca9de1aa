package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.registry.WireFormat;
import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a letter is shown, and what is not. */
final class ContentsTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Paid", "fields": [
        {"name": "customer", "type": "string"},
        {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "count", "type": "int"}]}
      """;

  private final Javalin server =
      Javalin.create(
          config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                "/schemas/ids/1",
                context ->
                    context
                        .contentType("application/json")
                        .result(
                            JsonMapper.builder()
                                .build()
                                .writeValueAsString(Map.of("schema", SCHEMA))));
          });
  private SchemaRegistry registry;

  @BeforeEach
  void start() {
    server.start("127.0.0.1", 0);
    registry = new SchemaRegistry(SchemaRegistryConfig.of("http://127.0.0.1:" + server.port()));
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop();
  }

  @Test
  void allOfItIsShownWhereThatIsAllowed() throws IOException {
    assertThat(shown(value(), Payloads.FULL).value())
        .hasToString("{\"customer\":\"Anna\",\"amount\":\"12.50\",\"count\":3}");
  }

  @Test
  void maskedItHasTheNamesOfFieldsOnly() throws IOException {
    Contents.Shown shown = shown(value(), Payloads.MASKED);

    assertThat(String.valueOf(shown.value()))
        .contains("customer", "text of 4 characters", "amount")
        .doesNotContain("Anna", "12", "3}");
    assertThat(shown.headers())
        .contains(new Contents.Line("ce_id", "e"), new Contents.Line("secret", "4 bytes"));
  }

  @Test
  void nothingOfItIsShownWhereNothingIsAllowed() throws IOException {
    Contents.Shown shown = shown(value(), Payloads.NONE);

    assertThat(shown.value()).isNull();
    assertThat(shown.hex()).isNull();
    assertThat(shown.valueBytes()).isEqualTo(value().length);
  }

  @Test
  void whereDecodingFailsIsSaid() throws IOException {
    byte[] whole = value();
    Contents.Shown cut = shown(Arrays.copyOf(whole, whole.length - 1), Payloads.FULL);
    assertThat(cut.value()).isNull();
    assertThat(cut.hex()).startsWith("00 00 00 00 01");
    assertThat(cut.failure()).contains("fails at byte " + (whole.length - 1));

    Contents.Shown more = shown(Arrays.copyOf(whole, whole.length + 2), Payloads.MASKED);
    assertThat(more.failure()).contains("fails at byte " + whole.length);
    assertThat(more.hex()).as("masked").isNull();

    assertThat(shown("poison".getBytes(UTF_8), Payloads.FULL).failure()).contains("wire format");
    assertThat(shown(WireFormat.frame(7, new byte[3]), Payloads.FULL).failure()).isNotEmpty();
  }

  private Contents.Shown shown(byte[] value, Payloads payloads) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_id", "e".getBytes(UTF_8));
    headers.add("secret", "1234".getBytes(UTF_8));
    return new Contents(registry, payloads)
        .of(
            new ConsumerRecord<>(
                "letters",
                0,
                1,
                0,
                TimestampType.CREATE_TIME,
                1,
                value.length,
                "k".getBytes(UTF_8),
                value,
                headers,
                Optional.empty()));
  }

  private static byte[] value() throws IOException {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    GenericData.Record record = new GenericData.Record(schema);
    record.put("customer", "Anna");
    record.put("amount", ByteBuffer.wrap(new BigDecimal("12.50").unscaledValue().toByteArray()));
    record.put("count", 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return WireFormat.frame(1, bytes.toByteArray());
  }
}
