package dev.waybill.consumer.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.stores.StoredTotals;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class SerdeTest {
  private static final OrderState ORDER =
      new OrderState(
          Events.orderId(1),
          Events.customerId(2),
          "SHIPPED",
          3,
          List.of(
              new OrderState.Line("Kâğıt 紙", 2, new BigDecimal("12.5000")),
              new OrderState.Line("", -1, new BigDecimal("-0.0001"))),
          new OrderState.Money(new BigDecimal("999999999999999.9999"), "TRY"),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Instant.parse("2026-11-24T09:00:00.123456Z"));
  private static final CustomerTotals TOTALS =
      new CustomerTotals(
          Map.of("PLACED", 3L, "UNKNOWN", -2L),
          Map.of("EUR", new BigDecimal("-12.5000"), "JPY", new BigDecimal("1000")),
          70_000,
          1);

  private final OrderStateSerde orders = new OrderStateSerde();
  private final CustomerTotalsSerde totals = new CustomerTotalsSerde();

  @Test
  void ordersAreReadAsTheyWereWritten() {
    OrderState order =
        new OrderState(
            Events.orderId(1),
            Events.customerId(2),
            "PAID",
            Long.MAX_VALUE,
            Collections.nCopies(300, new OrderState.Line("Kâğıt 紙", -1, new BigDecimal("-0.0001"))),
            ORDER.total(),
            ORDER.placedAt(),
            ORDER.updatedAt());

    assertThat(order(orders.serializer().serialize("", order))).isEqualTo(order);
    assertThat(order(orders.serializer().serialize("", ORDER))).isEqualTo(ORDER);
  }

  @Test
  void totalsAreReadAsTheyWereWritten() {
    assertThat(totals(totals.serializer().serialize("", TOTALS))).isEqualTo(TOTALS);
  }

  /** Stores and changelogs keep these bytes for ever: never change them, whatever is released. */
  @Test
  void whatVersionOneWroteIsRead() {
    String order =
        "c301599ca930c9bd65c10193000000007000800000000000000101930000000070018000"
            + "0000000000020e534849505045440604184bc3a2c49fc4b17420e7b499040601e8480800"
            + "0102ff080012008ac7230489e7ffff0806545259018099f4f6bdc0b006";
    String sum =
        "c301892d980a99415745040c504c41434544060e554e4b4e4f574e0300040645555206fe"
            + "17b808064a50590403e80000e0c50802";

    assertThat(order(HexFormat.of().parseHex(order))).isEqualTo(ORDER);
    assertThat(totals(HexFormat.of().parseHex(sum))).isEqualTo(TOTALS);
  }

  /** Bytes that were written before the stores had schemas. */
  @Test
  void whatFormatOneWroteIsReadAndWrittenAnew() {
    String order =
        "0101930000000070008000000000000001019300000000700180000000000000020e5348"
            + "4950504544060812008ac7230489e7ffff0654525901b098d6b907a0c8aab00d80a8de75"
            + "04184bc3a2c49fc4b17420e7b49904080601e84800010802ff";
    String sum =
        "01e0c50802040c504c41434544060e554e4b4e4f574e0304064555520806fe17b8064a50" + "59000403e8";

    assertThat(order(HexFormat.of().parseHex(order))).isEqualTo(ORDER);
    assertThat(totals(HexFormat.of().parseHex(sum))).isEqualTo(TOTALS);
    assertThat(totals(HexFormat.of().parseHex("0100000000"))).isEqualTo(CustomerTotals.NONE);
    assertThat(orders.serializer().serialize("", ORDER)).startsWith(0xC3, 0x01);
    assertThat(totals.serializer().serialize("", TOTALS)).startsWith(0xC3, 0x01);
  }

  /** An event's amount is not bounded when it is read, and must not stop B when it is written. */
  @Test
  void amountsKeepTheirScaleWhateverTheirSize() {
    BigDecimal large = new BigDecimal("-" + "9".repeat(1_000) + ".5000");
    CustomerTotals sum =
        new CustomerTotals(Map.of(), Map.of("EUR", large, "JPY", new BigDecimal("1E+3")), 1, 0);

    assertThat(totals(totals.serializer().serialize("", sum))).isEqualTo(sum);
  }

  @Test
  void whatAnEarlierVersionWroteIsReadByItsSchema() throws IOException {
    Schema earlier =
        SchemaBuilder.record(StoredTotals.getClassSchema().getFullName())
            .fields()
            .requiredString("goneSince")
            .requiredLong("ordersErased")
            .requiredLong("eventsApplied")
            .name("ordersByStatus")
            .type(StoredTotals.getClassSchema().getField("ordersByStatus").schema())
            .noDefault()
            .name("amounts")
            .type(StoredTotals.getClassSchema().getField("amounts").schema())
            .noDefault()
            .endRecord();
    GenericRecord value =
        new GenericRecordBuilder(earlier)
            .set("goneSince", "text")
            .set("ordersErased", 3L)
            .set("eventsApplied", 7L)
            .set("ordersByStatus", Map.of("PAID", 4L))
            .set("amounts", Map.of())
            .build();
    byte[] stored =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), earlier).encode(value).array();

    StoredForm<StoredTotals> knowing =
        new StoredForm<>("customers-store", StoredTotals.class, List.of(earlier));
    StoredForm<StoredTotals> ignorant =
        new StoredForm<>("customers-store", StoredTotals.class, List.of());

    assertThat(knowing.read(stored))
        .isEqualTo(new StoredTotals(Map.of("PAID", 4L), Map.of(), 7L, 3L));
    assertThatThrownBy(() -> ignorant.read(stored))
        .hasMessageContaining("of no version of customers-store that this program knows");
  }

  @Test
  void whatIsOfNoFormIsRefused() {
    for (byte[] stored : List.of(new byte[] {2, 0, 0}, new byte[0])) {
      assertThatThrownBy(() -> order(stored))
          .hasMessageContaining("of no version of orders-store that this program knows");
    }
  }

  private OrderState order(byte[] stored) {
    return orders.deserializer().deserialize("", stored);
  }

  private CustomerTotals totals(byte[] stored) {
    return totals.deserializer().deserialize("", stored);
  }
}
