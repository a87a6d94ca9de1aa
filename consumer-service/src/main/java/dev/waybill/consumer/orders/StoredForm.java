package dev.waybill.consumer.orders;

import dev.waybill.deduplication.UnknownFormatException;
import dev.waybill.registry.SpecificClasses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;

/**
 * How a store of B, its changelog and its internal topics hold a value: Avro's single-object
 * encoding, C3 01, eight bytes that say which schema it was written with, and the value. Read
 * without a registry, because every released version of the store's schema comes with the program.
 *
 * <p>Thread-safe.
 *
 * @param <T> the class generated from the store's working schema
 */
final class StoredForm<T> {
  private final String subject;
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;

  /**
   * Of a store.
   *
   * @param subject the folder of the store's schema
   * @param released with what values may have been written besides the class's own schema
   */
  StoredForm(String subject, Class<T> type, List<Schema> released) {
    this.subject = subject;
    SpecificClasses model = new SpecificClasses(type);
    Schema working = SpecificData.get().getSchema(type);
    this.encoder = new BinaryMessageEncoder<>(model, working);
    this.decoder = new BinaryMessageDecoder<>(model, working);
    released.forEach(decoder::addSchema);
  }

  /** Of a store as it was ever released. */
  static <T> StoredForm<T> of(String subject, Class<T> type) {
    return new StoredForm<>(subject, type, released(subject, type));
  }

  /** Beside the class; numbered without gaps, which the gate sees to. */
  private static List<Schema> released(String subject, Class<?> type) {
    List<Schema> versions = new ArrayList<>();
    while (true) {
      String file = "%s/released/%s.avsc".formatted(subject, versions.size() + 1);
      try (InputStream text = type.getResourceAsStream(file)) {
        if (text == null) {
          return versions;
        }
        versions.add(new Schema.Parser().parse(text));
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read " + file, failure);
      }
    }
  }

  byte[] write(T value) {
    try {
      return encoder.encode(value).array();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Reads what this or an earlier version wrote.
   *
   * @throws UnknownFormatException when it is something else, a later version's for instance
   */
  T read(byte[] stored) {
    try {
      return decoder.decode(stored);
    } catch (IOException | AvroRuntimeException unreadable) {
      UnknownFormatException unknown =
          new UnknownFormatException(
              "a value is of no version of %s that this program knows; was it written by a later one? (%s)"
                  .formatted(subject, unreadable.getMessage()));
      unknown.initCause(unreadable);
      throw unknown;
    }
  }
}
