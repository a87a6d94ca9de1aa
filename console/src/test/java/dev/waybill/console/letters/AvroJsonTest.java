package dev.waybill.console.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value as people edit it is the same value, and what is none is said with its place. */
final class AvroJsonTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "All", "fields": [
                {"name": "text", "type": "string"},
                {"name": "number", "type": "int"},
                {"name": "large", "type": "long"},
                {"name": "part", "type": "double"},
                {"name": "small", "type": "float"},
                {"name": "flag", "type": "boolean"},
                {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"]}},
                {"name": "raw", "type": "bytes"},
                {"name": "fixed", "type": {"type": "fixed", "name": "Two", "size": 2}},
                {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2}},
                {"name": "price", "type": {"type": "fixed", "name": "Price", "size": 4,
                                           "logicalType": "decimal", "precision": 5, "scale": 2}},
                {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line",
                  "fields": [{"name": "sku", "type": "string"}]}}},
                {"name": "tags", "type": {"type": "map", "values": "long"}},
                {"name": "note", "type": ["null", "string"], "default": null},
                {"name": "either", "type": ["null", "long", "string"]}]}
              """);

  private static final String VALUE =
      """
      {"text":"Ä","number":-3,"large":9007199254740993,"part":0.1,"small":1.5,"flag":true,
       "status":"PAID","raw":"00ff","fixed":"0102","total":"-12.50","price":"3.10",
       "lines":[{"sku":"book"}],"tags":{"a":1},"note":"n","either":{"long":5}}
      """;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertThat(thereAndBack(json(VALUE))).isEqualTo(json(VALUE));
  }

  @Test
  void whatHasADefaultMayBeLeftOut() throws IOException {
    String less = VALUE.replace("\"note\":\"n\",", "").replace("{\"long\":5}", "null");

    assertThat(thereAndBack(json(less)).toString()).contains("\"note\":null", "\"either\":null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"number\":-3 | \"number\":3000000000 | at number: 3000000000 is not an int",
        "\"number\":-3 | \"number\":1.5 | at number: 1.5 is not an int",
        "\"number\":-3, | '' | at number: it is missing",
        "\"flag\":true | \"flag\":\"true\" | at flag",
        "\"PAID\" | \"LOST\" | at status: \"LOST\" is not one of [NEW, PAID]",
        "\"00ff\" | \"0\" | at raw: \"0\" is not bytes",
        "\"0102\" | \"010203\" | at fixed: \"010203\" is not 2 bytes",
        "\"-12.50\" | \"12.505\" | at total: \"12.505\" is not a number of 5 digits",
        "\"-12.50\" | \"1000000\" | at total",
        "\"-12.50\" | \"1E999999999\" | at total",
        "\"sku\":\"book\" | \"sku\":7 | at lines[0].sku: 7 is not text",
        "\"a\":1 | \"a\":\"1\" | at tags.a",
        "{\"long\":5} | 5 | at either: 5 is not one of [null, long, string]",
        "{\"long\":5} | {\"int\":5} | at either: 'int' is none of",
        "\"note\":\"n\" | \"nota\":\"n\" | All has no field 'nota'"
      })
  void whatDoesNotFitIsSaidWithItsPlace(String part, String other, String words) {
    String wrong = VALUE.replace(part, other);

    assertThatThrownBy(() -> AvroJsonReader.read(json(wrong), SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit its schema")
        .hasMessageContaining(words);
  }

  private static JsonNode thereAndBack(JsonNode json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(SCHEMA).write(AvroJsonReader.read(json, SCHEMA), encoder);
    encoder.flush();
    Object value =
        new GenericDatumReader<>(SCHEMA)
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    return json(AvroJson.of(value, SCHEMA).toString());
  }

  private static JsonNode json(String text) throws IOException {
    return JsonMapper.builder().build().readTree(text);
  }
}
