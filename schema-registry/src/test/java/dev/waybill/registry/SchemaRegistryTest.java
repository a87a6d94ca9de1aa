package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.registry.example.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SchemaRegistryTest {
  private static final Schema SCHEMA = Schemas.greeting();

  private final FakeRegistry server = new FakeRegistry();
  private final SchemaRegistry registry = server.client();

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  @Test
  void schemaIsRegisteredOnceAndItsIdRemembered() {
    assertThat(registry.register("a-value", SCHEMA)).isEqualTo(1);
    assertThat(registry.register("a-value", Schemas.parse(SCHEMA.toString()))).isEqualTo(1);
    assertThat(registry.register("b-value", SCHEMA)).isEqualTo(1);

    assertThat(server.requests())
        .extracting(FakeRegistry.Request::line)
        .containsExactly("POST /subjects/a-value/versions", "POST /subjects/b-value/versions");
  }

  @Test
  void schemaIsRegisteredWithoutWhatGeneratedClassesAddForJava() {
    registry.register("parcels-value", Parcel.getClassSchema());

    assertThat(Parcel.getClassSchema().toString()).contains("avro.java.string");
    assertThat(server.registered(1))
        .doesNotContain("avro.java.string")
        .isEqualTo(Schemas.parcel().toString());
  }

  @Test
  void schemaOfAClassAndThatOfItsFileAreOne() {
    assertThat(Parcel.getClassSchema()).isNotEqualTo(Schemas.parcel());

    assertThat(registry.register("parcels-value", Schemas.parcel())).isEqualTo(1);
    assertThat(registry.register("parcels-value", Parcel.getClassSchema())).isEqualTo(1);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void schemaThatIsPlainIsRegisteredAsAvroWritesIt() {
    registry.register("a-value", SCHEMA);

    assertThat(server.registered(1)).isEqualTo(SCHEMA.toString());
  }

  @Test
  void defaultsAndPropertiesThatOnlyLookLikeJavasAreKept() {
    Schema schema =
        Schemas.parse(
            """
            {"type":"record","name":"R","fields":[
              {"name":"s","type":{"type":"string","avro.java.string":"String"}},
              {"name":"m","type":{"type":"map","values":"string","avro.java.string":"String"},
               "default":{"avro.java.string":"a default"}}]}
            """);

    registry.register("a-value", schema);

    assertThat(server.registered(1))
        .isEqualTo(
            """
            {"type":"record","name":"R","fields":[{"name":"s","type":"string"},\
            {"name":"m","type":{"type":"map","values":"string"},\
            "default":{"avro.java.string":"a default"}}]}""");
  }

  @Test
  void subjectIsEscapedInThePath() {
    registry.register("a/b c-value", SCHEMA);

    assertThat(server.requests().get(0).rawPath()).isEqualTo("/subjects/a%2Fb%20c-value/versions");
  }

  @Test
  void lookUpRegistersNothing() {
    assertThatThrownBy(() -> registry.lookUp("a-value", SCHEMA))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining("a-value")
        .hasMessageContaining("Subject not found (error_code 40401)");

    registry.register("a-value", SCHEMA);

    assertThat(registry.lookUp("a-value", SCHEMA)).isEqualTo(1);
    assertThat(registry.lookUp("a-value", SCHEMA)).isEqualTo(1);
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400",
    "409, 409",
    "413, 413",
    "422, 42201",
    "409, 40901",
    "404, 40401",
    "404, 40403"
  })
  void refusedSchemaIsReportedInTheRegistrysWordsAndAskedAgain(int status, int code) {
    server.next(
        status, "{\"error_code\":%s,\"message\":\"weight has no default\"}".formatted(code));

    assertThatExceptionOfType(SchemaRejectedException.class)
        .isThrownBy(() -> registry.register("a-value", SCHEMA))
        .withMessageContaining("a-value")
        .withMessageContaining("weight has no default (error_code %s)", code)
        .satisfies(e -> assertThat(e.subject()).isEqualTo("a-value"))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code))
        .matches(RegistryException::isCauseOf);
    assertThat(registry.register("a-value", SCHEMA)).isEqualTo(1);
  }

  @Test
  void schemaOfAnIdIsFetchedOnceAndTheSameObject() {
    server.add("a-value", SCHEMA.toString(), null, "AVRO");

    assertThat(registry.schema(1)).isEqualTo(SCHEMA).isSameAs(registry.schema(1));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void schemaIsReadWithThoseItRefersTo() throws Exception {
    server.add("money", "{\"type\":\"fixed\",\"name\":\"x.Money\",\"size\":8}", null, "AVRO");
    server.add(
        "line",
        """
        {"type":"record","name":"x.Line","fields":[{"name":"price","type":"x.Money"}]}""",
        JsonMapper.builder()
            .build()
            .readTree("[{\"name\":\"x.Money\",\"subject\":\"money\",\"version\":1}]"),
        "AVRO");
    int id =
        server.add(
            "order-value",
            """
            {"type":"record","name":"x.Order","fields":[
              {"name":"line","type":"x.Line"},{"name":"total","type":"x.Money"}]}""",
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    [{"name":"x.Line","subject":"line","version":1},
                     {"name":"x.Money","subject":"money","version":1}]"""),
            "AVRO");

    Schema order = registry.schema(id);

    assertThat(order.getField("line").schema().getField("price").schema().getFixedSize())
        .isEqualTo(8);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void referencesInACircleEnd() throws Exception {
    int id =
        server.add(
            "a",
            "\"int\"",
            JsonMapper.builder()
                .build()
                .readTree("[{\"name\":\"a\",\"subject\":\"a\",\"version\":1}]"),
            "AVRO");

    assertThat(registry.schema(id).getType()).isEqualTo(Schema.Type.INT);
  }

  @ParameterizedTest
  @ValueSource(ints = {40401, 40402, 40403})
  void idThatTheRegistryDoesNotKnowIsTheValuesFault(int code) {
    server.next(404, "{\"error_code\":%s,\"message\":\"no such\"}".formatted(code));

    assertThatExceptionOfType(UnknownSchemaException.class)
        .isThrownBy(() -> registry.schema(77))
        .withMessage("schema id 77: no such (error_code %s)", code)
        .matches(e -> !RegistryException.isCauseOf(e));
  }

  @Test
  void unknownIdIsAskedForAgainAfterAWhileAndNotBefore() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // of no meaning, and about to overflow
    try (SchemaRegistry ticking =
        new SchemaRegistry(SchemaRegistryConfig.of(server.url()), nanos::get)) {
      for (int record = 0; record < 3; record++) {
        assertThatThrownBy(() -> ticking.schema(1)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> ticking.schema(2)).isInstanceOf(UnknownSchemaException.class);
      }
      assertThat(server.requests()).as("one for each id").hasSize(2);
      server.add("a-value", SCHEMA.toString(), null, "AVRO");

      nanos.addAndGet(Duration.ofSeconds(UnknownSchemas.SECONDS).toNanos() - 1);
      assertThatThrownBy(() -> ticking.schema(1)).isInstanceOf(UnknownSchemaException.class);
      nanos.incrementAndGet();
      assertThat(ticking.schema(1)).isEqualTo(SCHEMA);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void unknownIdsAreNotRememberedWithoutEnd() {
    UnknownSchemas unknown = new UnknownSchemas(() -> 0);
    for (int id = 0; id <= UnknownSchemas.MOST; id++) {
      SchemaName name = new SchemaName.Id(id);
      unknown.put(name, new UnknownSchemaException(name, "no such", 40403, null));
    }

    assertThat(unknown.get(new SchemaName.Id(0))).as("the oldest").isNull();
    assertThat(unknown.get(new SchemaName.Id(1))).isNotNull();
    assertThat(unknown.get(new SchemaName.Id(UnknownSchemas.MOST))).isNotNull();
  }

  @Test
  void refusalIsNotTakenForAnUnknownId() {
    server.add("a-value", SCHEMA.toString(), null, "AVRO");
    server.next(401, "{\"error_code\":401,\"message\":\"who are you\"}");

    assertThatThrownBy(() -> registry.schema(1)).isExactlyInstanceOf(RegistryException.class);
    assertThat(registry.schema(1)).isEqualTo(SCHEMA);
  }

  @Test
  void schemaIsFoundByItsGuid() {
    server.add("a-value", SCHEMA.toString(), null, "AVRO");

    assertThat(registry.schema(FakeRegistry.guid(1))).isEqualTo(SCHEMA);
    assertThatThrownBy(() -> registry.schema(FakeRegistry.guid(2)))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("schema GUID feed0000-0000-0000-0000-000000000002: ");
    assertThat(server.requests().get(0).rawPath())
        .isEqualTo("/schemas/guids/feed0000-0000-0000-0000-000000000001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
        "404|<html>not here</html>",
        "405|{\"error_code\":405,\"message\":\"HTTP 405 Method Not Allowed\"}"
      })
  void registryThatDoesNotKnowGuidsSaysSoAndIsNotTheValuesFault(int status, String body) {
    server.next(status, body);

    assertThatThrownBy(() -> registry.schema(FakeRegistry.guid(1)))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessageContaining("does not know the call for GUID feed0000")
        .hasMessageContaining(server.url())
        .matches(RegistryException::isCauseOf);
  }

  @Test
  void schemaThatConfluentsSerializerRegisteredForAClassIsFoundByBothForms() {
    server.add("parcels-value", Schemas.greeting().toString(), null, "AVRO");
    server.add("parcels-value", "syntax", null, "PROTOBUF");
    int id = server.add("parcels-value", Parcel.getClassSchema().toString(), null, "AVRO");
    server.add("parcels-value", "syntax of another", null, "PROTOBUF");

    assertThat(registry.lookUp("parcels-value", Parcel.getClassSchema())).isEqualTo(id);
    assertThat(registry.lookUp("parcels-value", Schemas.parcel())).isEqualTo(id);
  }

  @Test
  void negativeIdIsUnknownWithoutAsking() {
    assertThatThrownBy(() -> registry.schema(-1)).isInstanceOf(UnknownSchemaException.class);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PROTOBUF, syntax", "AVRO, '{\"type\":\"record\"}'", "AVRO, '{\"type\":[{}]}'"})
  void schemaThatAvroCannotUseIsUnknown(String type, String text) {
    int id = server.add("a-value", text, null, type);

    assertThatThrownBy(() -> registry.schema(id))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("AVRO".equals(type) ? "not a valid Avro schema" : "type PROTOBUF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|{\"error_code\":401,\"message\":\"who are you\"}|who are you (error_code 401)",
        "403|<html>no</html>|HTTP status 403",
        "404|<html>not here</html>|HTTP status 404",
        "404|{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}|HTTP 404 Not Found",
        "302||HTTP status 302",
        "409|<html>conflict</html>|HTTP status 409",
        "200|<html>log in</html>|HTTP status 200",
        "200|{\"id\":\"seven\",\"schema\":{}}|answers",
        "200|{\"id\":-7,\"schema\":null}|answers",
        "200|{\"id\":2147483648,\"schema\":[]}|answers",
        "200|[]|answers",
      })
  void answerThatSaysNothingOfTheSchemaIsNobodysVerdictOnIt(int status, String body, String words) {
    server.next(status, body == null ? "" : body).next(status, body == null ? "" : body);

    for (Throwable failure :
        List.of(
            catchThrowable(() -> registry.register("a-value", SCHEMA)),
            catchThrowable(() -> registry.schema(1)))) {
      assertThat(failure)
          .isExactlyInstanceOf(RegistryException.class)
          .hasMessageContaining(words)
          .matches(RegistryException::isCauseOf);
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void idMayBeGivenAsText() {
    server.next(200, "{\"id\":\"7\"}");

    assertThat(registry.register("a-value", SCHEMA)).isEqualTo(7);
  }

  @Test
  void threadsThatAskTheSameAtOnceSendOneRequest() throws Exception {
    server.hold();
    ConcurrentLinkedQueue<Integer> ids = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> ids.add(registry.register("a-value", SCHEMA))));
    }
    threads.forEach(Thread::start);
    awaitAllWaiting(threads);

    server.release();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ids).hasSize(8).containsOnly(1);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void threadThatWaitsForAnInterruptedOneAsksItself() throws Exception {
    server.hold();
    ConcurrentLinkedQueue<Object> failures = new ConcurrentLinkedQueue<>();
    Thread first =
        new Thread(() -> failures.add(catchThrowable(() -> registry.register("a-value", SCHEMA))));
    first.start();
    awaitAllWaiting(List.of(first));
    ConcurrentLinkedQueue<Integer> ids = new ConcurrentLinkedQueue<>();
    Thread second = new Thread(() -> ids.add(registry.register("a-value", SCHEMA)));
    second.start();
    awaitAllWaiting(List.of(second));

    first.interrupt();
    first.join();
    server.release();
    second.join();

    assertThat(failures.poll()).isInstanceOf(RegistryUnavailableException.class);
    assertThat(ids).containsExactly(1);
  }

  @Test
  void interruptEndsTheWaitForAnotherThread() throws Exception {
    server.hold();
    Thread first = new Thread(() -> registry.register("a-value", SCHEMA));
    first.start();
    awaitAllWaiting(List.of(first));
    ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
    Thread second =
        new Thread(
            () -> {
              seen.add(catchThrowable(() -> registry.register("a-value", SCHEMA)));
              seen.add(Thread.currentThread().isInterrupted());
            });
    second.start();
    awaitAllWaiting(List.of(second));

    second.interrupt();
    second.join();

    assertThat(seen.poll()).isInstanceOf(RegistryUnavailableException.class);
    assertThat(seen.poll()).isEqualTo(true);
    server.release();
    first.join();
  }

  private static void awaitAllWaiting(List<Thread> threads) {
    while (!threads.stream()
        .allMatch(
            thread ->
                EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING)
                    .contains(thread.getState()))) {
      Thread.onSpinWait();
    }
  }
}
