package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.registry.example.Item;
import dev.waybill.registry.example.Parcel;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys, which are Confluent's. */
@Timeout(60)
final class SerdeSettingsTest {
  private static final String STRATEGIES = "io.confluent.kafka.serializers.subject.";

  private final FakeRegistry server = new FakeRegistry();
  private final AvroSerde<Object> serde = new AvroSerde<>();

  @AfterEach
  void stop() {
    serde.close();
    server.close();
  }

  private void configure(boolean isKey, Object... settings) {
    Map<String, Object> map = new HashMap<>(Map.of("schema.registry.url", server.url()));
    for (int i = 0; i < settings.length; i += 2) {
      map.put((String) settings[i], settings[i + 1]);
    }
    serde.configure(map, isKey);
  }

  private String subjectOf(Object value) {
    server.next(200, "{\"id\":1}");
    byte[] bytes = serde.serializer().serialize("parcels", value);
    assertThat(bytes).isNotEmpty();
    return server.requests().get(0).line();
  }

  @Test
  void configuringAsksTheRegistryNothing() {
    configure(false);

    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ",parcels-value,parcels-key",
    "TopicName,parcels-value,parcels-key",
    STRATEGIES + "TopicNameStrategy,parcels-value,parcels-key",
    "RecordName,dev.waybill.registry.example.Item,dev.waybill.registry.example.Item",
    STRATEGIES
        + "RecordNameStrategy,dev.waybill.registry.example.Item,dev.waybill.registry.example.Item",
    "TopicRecordName,"
        + "parcels-dev.waybill.registry.example.Item,parcels-dev.waybill.registry.example.Item",
    STRATEGIES
        + "TopicRecordNameStrategy,"
        + "parcels-dev.waybill.registry.example.Item,parcels-dev.waybill.registry.example.Item"
  })
  void subjectFollowsTheStrategyOfItsSide(String strategy, String valueSubject, String keySubject) {
    for (boolean isKey : new boolean[] {false, true}) {
      String side = isKey ? "key" : "value";
      String otherSide = isKey ? "value" : "key";
      try (FakeRegistry own = new FakeRegistry();
          AvroSerializer<Item> serializer = new AvroSerializer<>()) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", own.url()));
        settings.put(side + ".subject.name.strategy", strategy);
        settings.put(otherSide + ".subject.name.strategy", strategy == null ? "RecordName" : null);
        serializer.configure(settings, isKey);

        assertThat(serializer.serialize("parcels", item())).isNotEmpty();

        assertThat(own.requests().get(0).line())
            .isEqualTo("POST /subjects/" + (isKey ? keySubject : valueSubject) + "/versions");
      }
    }
  }

  @Test
  void onlyRecordsHaveASubjectOfTheirName() {
    configure(false, "value.subject.name.strategy", "RecordName");

    assertThatThrownBy(() -> serde.serializer().serialize("t", "text"))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("only records");
  }

  @Test
  void schemaIsOnlyLookedUpWhenRegisteringIsOff() {
    configure(false, "auto.register.schemas", "false");

    assertThat(subjectOf(item())).isEqualTo("POST /subjects/parcels-value");
  }

  @Test
  void severalAddressesAreTakenAsTextAndAsList() {
    FakeRegistry away = new FakeRegistry();
    away.close();
    for (Object urls :
        List.of(away.url() + " , " + server.url(), List.of(away.url(), server.url()))) {
      serde.configure(Map.of("schema.registry.url", urls), false);
      assertThat(serde.serializer().serialize("t", "text")).isNotEmpty();
    }
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "basic.auth.user.info,",
    "basic.auth.user.info,USER_INFO",
    "schema.registry.basic.auth.user.info,USER_INFO"
  })
  void userInfoIsSent(String key, String source) {
    configure(false, key, new Password("me:pass"), "basic.auth.credentials.source", source);

    subjectOf("text");

    // echo -n me:pass | base64
    assertThat(server.requests().get(0).authorization()).isEqualTo("Basic bWU6cGFzcw==");
  }

  @Test
  void userOfTheAddressIsSent() {
    serde.configure(
        Map.of(
            "schema.registry.url",
            server.url().replace("//", "//me:pass@"),
            "basic.auth.user.info",
            "not:used",
            "basic.auth.credentials.source",
            "URL"),
        false);

    subjectOf("text");

    assertThat(server.requests().get(0).authorization()).isEqualTo("Basic bWU6cGFzcw==");
  }

  @Test
  void specificReaderFindsTheClassByTheSchemasName() {
    configure(false, "specific.avro.reader", "true");

    assertThat(roundTrip(Parcels.parcel(1))).isEqualTo(Parcels.parcel(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void specificTypeIsThatOfItsSide(boolean isKey) {
    configure(
        isKey,
        isKey ? "specific.avro.key.type" : "specific.avro.value.type",
        Parcel.class.getName(),
        isKey ? "specific.avro.value.type" : "specific.avro.key.type",
        Item.class);

    assertThat(roundTrip(Parcels.parcel(1))).isEqualTo(Parcels.parcel(1));
  }

  @Test
  void genericReaderIsTheDefaultAndConvertsLogicalTypesIfTold() {
    configure(false);
    assertThat(((GenericRecord) roundTrip(Parcels.parcel(1))).get("id")).hasToString(uuid());

    configure(false, "avro.use.logical.type.converters", true);
    GenericRecord converted = (GenericRecord) roundTrip(Parcels.parcel(1));
    assertThat(converted.get("weight")).isEqualTo(new BigDecimal("1.250"));
    assertThat(roundTrip(converted)).isEqualTo(converted);
  }

  @Test
  void readTimeoutHolds() {
    configure(false, "http.read.timeout.ms", 30);
    server.stalls().stalls().stalls().stalls();

    assertThatThrownBy(() -> serde.serializer().serialize("t", "text"))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("30 ms");
    server.close();
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                serde.configure(
                    Map.ofEntries(
                        Map.entry("schema.registry.url", "ftp://me:secret@host, "),
                        Map.entry("auto.register.schemas", "yes"),
                        Map.entry("specific.avro.reader", "no"),
                        Map.entry("specific.avro.value.type", "java.lang.String"),
                        Map.entry("avro.use.logical.type.converters", 1),
                        Map.entry("value.subject.name.strategy", "com.example.Own"),
                        Map.entry("http.read.timeout.ms", "0"),
                        Map.entry("use.latest.version", "true"),
                        Map.entry("normalize.schemas", true)),
                    false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("auto.register.schemas is neither true nor false: yes")
        .hasMessageContaining("specific.avro.reader is neither true nor false: no")
        .hasMessageContaining("specific.avro.value.type is not a generated Avro class")
        .hasMessageContaining("avro.use.logical.type.converters is neither true nor false: 1")
        .hasMessageContaining("value.subject.name.strategy is none of TopicName")
        .hasMessageContaining("http.read.timeout.ms is not positive: 0")
        .hasMessageContaining("use.latest.version is not supported")
        .hasMessageContaining("normalize.schemas is not supported")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "schema.registry.url,,schema.registry.url is missing",
    "schema.registry.url,',',schema.registry.url is missing",
    "schema.registry.url,http://me:top secret@host,is not an address",
    "schema.registry.url,http://me:secret@under_score:81,http://under_score:81",
    "schema.registry.url,ftp://me:secret@host,not an http or https address: ftp://host",
    "schema.registry.url,mailto:me:secret@host,not an http or https address",
    "schema.registry.url,http://host/?secret,not an http or https address",
    "basic.auth.credentials.source,URL,no address has user:password@",
    "basic.auth.credentials.source,USER_INFO,basic.auth.user.info is missing",
    "basic.auth.credentials.source,SASL_INHERIT,is neither USER_INFO nor URL: SASL_INHERIT",
    "basic.auth.user.info,secret,basic.auth.user.info is not user:password",
    "http.read.timeout.ms,soon,is not a number of milliseconds: soon",
    "specific.avro.value.type,dev.waybill.registry.example.ParcelState,is not a generated",
    "use.schema.id,7,use.schema.id is not supported",
    "use.latest.with.metadata,a=b,use.latest.with.metadata is not supported",
    "schema.reflection,true,schema.reflection is not supported",
    "context.name.strategy,x.Y,context.name.strategy is not supported",
    "bearer.auth.credentials.source,STATIC_TOKEN,bearer.auth.credentials.source is not supported",
    "schema.registry.proxy.host,proxy,schema.registry.proxy.host is not supported",
    "avro.remove.java.properties,false,avro.remove.java.properties is always true here",
    "value.schema.id.serializer,io.confluent.X.HeaderSchemaIdSerializer,serializer is not supported",
    "key.schema.id.deserializer,ConfigSchemaIdDeserializer,deserializer is not supported",
    "schema.registry.ssl.truststore.location,x,ssl.truststore.location is not supported",
  })
  void wrongSettingIsRefusedByName(String key, String value, String reason) {
    assertThatThrownBy(() -> configure(false, key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(reason)
        .matches(e -> !String.valueOf(e.getMessage()).contains("secret@"))
        .hasNoCause();
  }

  @Test
  void settingsOfOthersAndUnsupportedOnesThatAreOffAreAccepted() {
    configure(
        false,
        "ssl.truststore.location",
        "the brokers' own",
        "use.latest.version",
        false,
        "use.schema.id",
        -1,
        "normalize.schemas",
        "false",
        "avro.remove.java.properties",
        "true",
        "value.schema.id.serializer",
        "io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer",
        "value.schema.id.deserializer",
        "io.confluent.kafka.serializers.schema.id.DualSchemaIdDeserializer");

    assertThat(serde.serializer().serialize("t", "text")).isNotEmpty();
  }

  @Test
  void givenRegistryNeedsNoAddress() {
    try (SchemaRegistry registry = server.client()) {
      AvroSerde<Parcel> given = new AvroSerde<>(registry, Parcel.class);
      given.configure(Map.of("value.subject.name.strategy", "RecordName"), false);
      byte[] value = given.serializer().serialize("parcels", Parcels.parcel(1));
      assertThat(given.deserializer().deserialize("parcels", value)).isEqualTo(Parcels.parcel(1));
      given.close();
      assertThat(registry.register("other", Schemas.greeting())).as("still open").isEqualTo(2);
    }
  }

  @Test
  void configurationsAreNotPrintedWithPasswords() {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.of("http://a:secret@host:1,https://host").withUserInfo("me:secret");

    assertThat(config).hasToString("schema registry [http://host:1, https://host]");
  }

  private Object roundTrip(Object value) {
    byte[] bytes = serde.serializer().serialize("parcels", value);
    return serde.deserializer().deserialize("parcels", bytes);
  }

  private static Item item() {
    return Parcels.parcel(1).getItems().get(0);
  }

  private static String uuid() {
    return Parcels.parcel(1).getId().toString();
  }
}
