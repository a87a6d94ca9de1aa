package dev.waybill.consumer.orders;

import dev.waybill.stores.StoredTotals;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

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
    return new StoredTotals(
        totals.ordersByStatus(), totals.amounts(), totals.eventsApplied(), totals.ordersErased());
  }

  private static CustomerTotals totals(StoredTotals stored) {
    return new CustomerTotals(
        new TreeMap<>(stored.getOrdersByStatus()),
        new TreeMap<>(stored.getAmounts()),
        stored.getEventsApplied(),
        stored.getOrdersErased());
  }
}
