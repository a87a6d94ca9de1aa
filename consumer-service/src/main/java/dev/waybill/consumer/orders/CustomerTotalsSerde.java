package dev.waybill.consumer.orders;

import dev.waybill.stores.StoredSum;
import dev.waybill.stores.StoredTotals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Totals, and what is added to them, as stores and internal topics hold them. */
final class CustomerTotalsSerde implements Serde<CustomerTotals> {
  private final StoredForm<StoredTotals> form =
      StoredForm.of("customers-store", StoredTotals.class);

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no totals are no value
  public Serializer<CustomerTotals> serializer() {
    return (topic, totals) -> totals == null ? null : form.write(stored(totals));
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no value is no totals
  public Deserializer<CustomerTotals> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private CustomerTotals read(byte[] bytes) {
    return FormatOne.is(bytes) ? FormatOne.totals(bytes) : totals(form.read(bytes));
  }

  private static StoredTotals stored(CustomerTotals totals) {
    Map<String, StoredSum> amounts = new TreeMap<>();
    totals.amounts().forEach((currency, amount) -> amounts.put(currency, stored(amount)));
    return new StoredTotals(
        totals.ordersByStatus(), amounts, totals.eventsApplied(), totals.ordersErased());
  }

  private static CustomerTotals totals(StoredTotals stored) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    stored.getAmounts().forEach((currency, sum) -> amounts.put(currency, amount(sum)));
    return new CustomerTotals(
        new TreeMap<>(stored.getOrdersByStatus()),
        amounts,
        stored.getEventsApplied(),
        stored.getOrdersErased());
  }

  private static StoredSum stored(BigDecimal amount) {
    return new StoredSum(ByteBuffer.wrap(amount.unscaledValue().toByteArray()), amount.scale());
  }

  private static BigDecimal amount(StoredSum stored) {
    return new BigDecimal(new BigInteger(Utils.toArray(stored.getUnscaled())), stored.getScale());
  }
}
