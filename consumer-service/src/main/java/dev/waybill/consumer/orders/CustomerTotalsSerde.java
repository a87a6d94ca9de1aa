package dev.waybill.consumer.orders;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Totals, and what is added to them, as stores and internal topics hold them. */
final class CustomerTotalsSerde implements Serde<CustomerTotals> {
  private static final byte FORMAT = 1;

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no totals are no value
  public Serializer<CustomerTotals> serializer() {
    return (topic, totals) -> totals == null ? null : write(totals);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no value is no totals
  public Deserializer<CustomerTotals> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private static byte[] write(CustomerTotals totals) {
    BytesOut out =
        new BytesOut()
            .single(FORMAT)
            .number(totals.eventsApplied())
            .number(totals.ordersErased())
            .number(totals.ordersByStatus().size());
    totals.ordersByStatus().forEach((status, count) -> out.text(status).number(count));
    out.number(totals.amounts().size());
    totals.amounts().forEach((currency, amount) -> out.text(currency).decimal(amount));
    return out.toBytes();
  }

  private static CustomerTotals read(byte[] bytes) {
    BytesIn in = new BytesIn(bytes, FORMAT, "customer's totals");
    long events = in.number();
    long erased = in.number();
    Map<String, Long> orders = new TreeMap<>();
    for (int left = in.count(); left > 0; left--) {
      orders.put(in.text(), in.number());
    }
    Map<String, BigDecimal> amounts = new TreeMap<>();
    for (int left = in.count(); left > 0; left--) {
      amounts.put(in.text(), in.decimal());
    }
    return new CustomerTotals(orders, amounts, events, erased);
  }
}
