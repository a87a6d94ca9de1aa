package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.console.letters.Contents.Line;
import dev.waybill.console.systems.EventIds;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.registry.WireFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an edit makes of a letter, and what is refused before anything is sent. */
final class RepairsTest {
  private static final String ID = "01a20d6d-5a00-7000-8000-00000000000a";
  private static final String OTHER = "01a20d6d-5a00-7000-8000-00000000000b";
  private static final byte[] KEY = "k".getBytes(UTF_8);
  private static final String PAID = "{\"customer\":\"Anna\",\"amount\":\"12.50\"}";

  private final FakeKafka kafka = new FakeKafka();
  private final PaidRegistry registry = new PaidRegistry();
  private final byte[] paid = registry.value("Anna", "12.50");

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void aValueIsWrittenAnewWithTheSchemaThatItHad() {
    Edit edit = offered(letter("UNDECODABLE", paid, "ce_id", ID), Payloads.FULL);
    assertThat(String.valueOf(edit.value())).isEqualTo(PAID);
    assertThat(edit.schema()).isEqualTo(1);

    Repair repair = repair(with(edit, null, PAID.replace("12.50", "99.99")), Payloads.FULL);

    ProducerRecord<byte[], byte[]> sent = repair.toRecord("replays", 2);
    assertThat(sent.value()).isEqualTo(registry.value("Anna", "99.99"));
    assertThat(text(sent.key())).as("alone").isEqualTo(ID);
    assertThat(sent.partition()).as("the letter's").isEqualTo(1);
    assertThat(text(sent.headers().lastHeader("replay-key").value())).isEqualTo("k");
    assertThat(text(sent.headers().lastHeader("replay-edited-from").value()))
        .isEqualTo("letters-0@0");
    assertThat(sent.headers().lastHeader("replay-letter")).as("a fault is a new letter").isNull();
    assertThat(sent.headers().lastHeader(DeadLetterHeaders.REASON)).isNull();
    assertThat(repair.changes())
        .containsExactly(
            new Repair.Change(
                "value", paid.length + " bytes", paid.length + " bytes, which can be decoded"));
    assertThat(repair.words())
        .isEqualTo("edited from letters-0@0: value")
        .as("nothing of the value")
        .doesNotContain("Anna", "99");
  }

  @Test
  void whatCannotBeDecodedIsWrittenWithTheNewestSchema() {
    Edit edit = offered(letter("UNDECODABLE", "poison".getBytes(UTF_8), "ce_id", ID));
    assertThat(edit.value()).isNull();
    assertThat(edit.schema()).isEqualTo(1);

    assertThat(repair(with(edit, null, PAID)).event().value()).isEqualTo(paid);
  }

  @Test
  void aHeaderIsGivenAndTheBytesStay() {
    byte[] odd = "poison".getBytes(UTF_8);
    for (Payloads payloads : Payloads.values()) {
      Edit edit = offered(letter("MISSING_VERSION", odd, "ce_id", ID), payloads);

      Repair repair = repair(with(edit, edit.headers(), new Line("ce_sequence", "3")), payloads);

      assertThat(repair.event().value()).isSameAs(odd);
      assertThat(repair.changes()).containsExactly(new Repair.Change("ce_sequence", null, "3"));
    }
  }

  @Test
  void whatIsNotShownStaysAndCannotBeSeen() {
    Headers headers = headers("ce_id", ID, "secret", "1234");
    headers.add("binary", new byte[] {(byte) 0xff}).add("nothing", null);
    headers.add("ce_type", new byte[] {27});
    LetterPlace place = kafka.letter("MISSING_VERSION", KEY, paid, headers);

    Edit edit = offered(place, Payloads.MASKED);
    assertThat(edit.headers()).containsExactly(new Line("ce_id", ID));
    assertThat(edit.value()).isNull();
    Repair repair =
        repair(
            with(edit, edit.headers(), new Line("ce_sequence", "3"), new Line("ce_type", "Paid")),
            Payloads.MASKED);

    assertThat(repair.event().headers().toArray())
        .extracting(Header::key)
        .containsExactly("secret", "binary", "nothing", "ce_id", "ce_sequence", "ce_type");
  }

  @Test
  void whatIsNotShownIsNotShownByReplacingIt() {
    Edit edit =
        offered(letter("UNDECODABLE", paid, "ce_id", ID, "secret", "1234"), Payloads.MASKED);

    Repair repair = repair(with(edit, edit.headers(), new Line("secret", "5")), Payloads.MASKED);

    assertThat(repair.changes()).containsExactly(new Repair.Change("secret", "not shown", "5"));
  }

  @Test
  void theSchemaInAHeaderGoesWithTheValueThatItWasOf() {
    Headers headers = headers("ce_id", ID);
    headers.add(WireFormat.VALUE_SCHEMA, new byte[17]);
    Edit edit = offered(kafka.letter("UNDECODABLE", KEY, new byte[] {1}, headers));

    Repair repair = repair(with(edit, null, PAID));

    assertThat(repair.event().headers().lastHeader(WireFormat.VALUE_SCHEMA)).isNull();
    assertThat(repair.event().value()).isEqualTo(paid);
  }

  @Test
  void anotherKeyLeadsToItsOwnPartition() {
    Edit edit = offered(letter("UNDECODABLE", paid, "ce_id", ID));

    List<@Nullable Integer> partitions = new ArrayList<>();
    for (String key : List.of("a", "b", "c", "d", "e")) {
      Edit other = new Edit(edit.letter(), key, edit.headers(), edit.schema(), edit.value());
      partitions.add(repair(other).toRecord("replays", 6).partition());
    }

    assertThat(partitions.stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void aLetterWithoutAKeyNeedsOne() {
    LetterPlace place = kafka.letter("MISSING_KEY", null, paid, headers("ce_id", ID));
    Edit edit = offered(place);

    assertRefused(with(edit, edit.headers(), new Line("x", "1")), "no key");
    Edit keyed = new Edit(edit.letter(), "k", edit.headers(), null, null);
    assertThat(repair(keyed).changes()).containsExactly(new Repair.Change("key", null, "k"));
  }

  @Test
  void aLetterThatIsNotWholeNeedsAWholeValue() {
    Headers headers = headers("ce_id", ID, DeadLetterHeaders.VALUE_BYTES, "9999");
    Edit edit = offered(kafka.letter("UNDECODABLE", KEY, Arrays.copyOf(paid, 3), headers));

    assertRefused(with(edit, edit.headers(), new Line("x", "1")), "not all of the value");
    assertThat(repair(with(edit, null, PAID)).event().value()).isEqualTo(paid);
  }

  @Test
  void aTombstoneStaysOneUnlessAValueIsGiven() {
    Edit edit = offered(letter("INVALID_VERSION", null, "ce_id", ID, "ce_sequence", "x"));

    Edit versioned = with(edit, List.of(new Line("ce_id", ID)), new Line("ce_sequence", "4"));
    assertThat(repair(versioned).event().value()).isNull();
    assertThat(repair(with(edit, null, PAID)).event().value()).isEqualTo(paid);
  }

  @Test
  void nothingThatIsEditedIsNoRepair() {
    for (Payloads payloads : Payloads.values()) {
      Edit edit = offered(letter("UNDECODABLE", paid, "ce_id", ID), payloads);
      assertThatThrownBy(() -> repair(edit, payloads)).hasMessageContaining("nothing is edited");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"customer\":\"Anna\"} | at amount: it is missing",
        "{\"customer\":7,\"amount\":\"1\"} | at customer: 7 is not text",
        "[] | [] is not an object of Paid"
      })
  void aValueThatDoesNotFitIsRefused(String value, String words) {
    assertRefused(with(offered(letter("UNDECODABLE", paid, "ce_id", ID)), null, value), words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} {}", "{\"a\":1,\"a\":2}", "nothing"})
  void whatIsNoJsonIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> Edit.value(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1, column");
  }

  @Test
  void aFileThatSaysSomethingElseIsRefused() {
    assertThat(Edit.parse("{\"letter\": \"letters-0@1\", \"headers\": []}").value()).isNull();
    for (String text : List.of("", "null", "[]", "{\"headers\": []}", "{\"lettre\": 1}")) {
      assertThatThrownBy(() -> Edit.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anUnknownSchemaIsRefused() {
    Edit edit = offered(letter("UNDECODABLE", paid, "ce_id", ID));

    assertRefused(
        new Edit(edit.letter(), null, edit.headers(), 7, edit.value()), "schema id 7: not found");
  }

  @Test
  void aRegistryThatIsAwayLeavesKeyAndHeaders() {
    LetterPlace place = letter("MISSING_VERSION", paid, "ce_id", ID);
    registry.isAway();
    Edit edit = offered(place);
    assertThat(edit.value()).isNull();

    Edit versioned = with(edit, edit.headers(), new Line("ce_sequence", "3"));
    assertThat(repair(versioned).changes()).hasSize(1);
    assertThatThrownBy(() -> repair(new Edit(edit.letter(), null, List.of(), 1, Edit.value(PAID))))
        .hasMessageContaining("the schema registry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNDECODABLE", "VERSION_TAKEN", "MISSING_VERSION", "WRONG_PARTITION"})
  void theIdStays(String reason) {
    Edit edit = offered(letter(reason, paid, "ce_id", ID));

    assertRefused(with(edit, List.of(new Line("ce_id", OTHER))), "ce_id has to stay " + ID);
    assertRefused(with(edit, List.of(new Line("x", "1"))), "ce_id has to stay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONFLICT", "EXPIRED", "MISSING_ID", "INVALID_ID"})
  void orHasToBeANewOne(String reason) {
    Edit edit = offered(letter(reason, paid, "ce_id", ID));
    Line more = new Line("x", "1");

    for (String no : List.of(ID, "1", "01a20d6d-5a00-4000-8000-00000000000b")) {
      assertRefused(with(edit, List.of(new Line("ce_id", no)), more), "a new UUID of version 7");
    }
    Repair repair = repair(with(edit, List.of(new Line("ce_id", OTHER))));
    assertThat(repair.hasNewId()).isTrue();
    assertThat(text(repair.toRecord("replays", 2).key())).isEqualTo(OTHER);
    assertThat(repair.words()).endsWith("ce_id; as event " + OTHER);
  }

  @Test
  void anIdThatIsMadeHereIsOfVersion7() {
    Instant now = Instant.parse("2026-11-28T07:00:00.123Z");

    assertThat(EventIds.time(EventIds.make(now))).contains(now);
    assertThat(EventIds.make(now)).isNotEqualTo(EventIds.make(now));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay-letter", "replay-key", "dead-letter-reason", " "})
  void whatReplaysWriteIsNobodysToGive(String name) {
    Edit edit = offered(letter("UNDECODABLE", paid, "ce_id", ID));

    assertRefused(with(edit, edit.headers(), new Line(name, "x")), "header");
  }

  @Test
  void whatIsNoLetterIsNotEdited() {
    kafka.send(List.of(new ProducerRecord<>("events", 0, KEY, paid, headers("ce_id", ID))));

    assertThat(repairs(Payloads.FULL).edit(new LetterPlace("events", 0, 0))).isEmpty();
    assertRefused(new Edit("events-0@0", "k", List.of(), null, null), "no letter at events-0@0");
    assertRefused(new Edit("nowhere", "k", List.of(), null, null), "no letter at nowhere");
  }

  @Test
  void headersAreLines() {
    List<Line> headers = List.of(new Line("a", "1: 2"), new Line("b", ""), new Line("c", " x "));

    assertThat(HeaderLines.parse(HeaderLines.of(headers).replace("\n", "\r\n\r\n")))
        .isEqualTo(headers);
    assertThatThrownBy(() -> HeaderLines.parse("a 1")).hasMessageContaining("'ce_sequence: 7'");
    assertThatThrownBy(() -> HeaderLines.parse(": 1")).hasMessageContaining("'ce_sequence: 7'");
  }

  private LetterPlace letter(String reason, byte @Nullable [] value, String... namesAndValues) {
    return kafka.letter(reason, KEY, value, headers(namesAndValues));
  }

  private static Headers headers(String... namesAndValues) {
    Headers headers = new RecordHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
    }
    return headers;
  }

  private Repairs repairs(Payloads payloads) {
    return new Repairs(kafka, new EditedValues(registry.client(), "events-value"), payloads);
  }

  private Edit offered(LetterPlace place) {
    return offered(place, Payloads.FULL);
  }

  private Edit offered(LetterPlace place, Payloads payloads) {
    return repairs(payloads).edit(place).orElseThrow();
  }

  private Repair repair(Edit edit) {
    return repair(edit, Payloads.FULL);
  }

  private Repair repair(Edit edit, Payloads payloads) {
    return repairs(payloads).repair(edit);
  }

  private void assertRefused(Edit edit, String words) {
    assertThatThrownBy(() -> repair(edit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static Edit with(Edit edit, @Nullable Integer schema, String value) {
    return new Edit(edit.letter(), edit.key(), edit.headers(), schema, Edit.value(value));
  }

  private static Edit with(Edit edit, List<Line> headers, Line... more) {
    List<Line> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    return new Edit(edit.letter(), edit.key(), all, edit.schema(), edit.value());
  }

  private static String text(byte @Nullable [] bytes) {
    return new String(Objects.requireNonNull(bytes), UTF_8);
  }
}
