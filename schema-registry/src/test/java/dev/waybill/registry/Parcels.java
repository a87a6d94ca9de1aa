package dev.waybill.registry;

import dev.waybill.registry.example.Item;
import dev.waybill.registry.example.Parcel;
import dev.waybill.registry.example.ParcelState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the tests send: a record with every kind of field that events have. */
final class Parcels {
  private Parcels() {}

  static Parcel parcel(int items) {
    List<Item> list = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      list.add(new Item("sku-" + i, i + 1, new BigDecimal("12.50")));
    }
    return Parcel.newBuilder()
        .setId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"))
        .setWeight(new BigDecimal("1.250"))
        .setSentAt(Instant.parse("2026-11-24T09:00:00.123456Z"))
        .setState(ParcelState.SENT)
        .setItems(list)
        .setLabels(Map.of("from", "Kâğıthane"))
        .build();
  }
}
