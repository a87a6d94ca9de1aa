package dev.waybill.registry;

import dev.waybill.registry.example.Parcel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

/** Parcels of one to five items, as generated classes and as generic records. */
final class BenchmarkedRecords {
  private BenchmarkedRecords() {}

  static List<Object> generated() {
    List<Object> parcels = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      parcels.add(Parcels.parcel(1 + i % 5));
    }
    return parcels;
  }

  static List<Object> generic(List<Object> generated) {
    return generated.stream().map(BenchmarkedRecords::generic).toList();
  }

  private static Object generic(Object parcel) {
    try {
      byte[] avro = Parcel.getEncoder().encode((Parcel) parcel).array();
      return new GenericDatumReader<>(Parcel.getClassSchema())
          .read(null, DecoderFactory.get().binaryDecoder(avro, 10, avro.length - 10, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
