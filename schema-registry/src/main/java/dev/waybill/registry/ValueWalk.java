package dev.waybill.registry;

import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;

/** One pass over one value, which builds nothing, for {@link ValueLimits}. */
final class ValueWalk {
  /** Records inside each other; reading as many fits the stack of a thread with 512 KiB. */
  static final int MAX_DEPTH = 500;

  /** Elements without a byte of their own, in one value. */
  static final int MAX_FREE_ELEMENTS = 65_536;

  private final BinaryDecoder decoder;
  private long freeElements;

  ValueWalk(BinaryDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * @param depth how many records are around this
   */
  void over(Schema schema, int depth) throws IOException {
    switch (schema.getType()) {
      case RECORD -> overRecord(schema, depth + 1);
      case UNION -> over(branch(schema.getTypes()), depth);
      case ARRAY -> overArray(schema.getElementType(), depth);
      case MAP -> overMap(schema.getValueType(), depth);
      default -> GenericDatumReader.skip(schema, decoder);
    }
  }

  private void overRecord(Schema record, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new AvroRuntimeException("more than " + MAX_DEPTH + " records inside each other");
    }
    for (Schema.Field field : record.getFields()) {
      over(field.schema(), depth);
    }
  }

  private Schema branch(List<Schema> types) throws IOException {
    int index = decoder.readIndex();
    if (index < 0 || index >= types.size()) {
      throw new AvroRuntimeException("branch %s of a union of %s".formatted(index, types.size()));
    }
    return types.get(index);
  }

  private void overArray(Schema element, int depth) throws IOException {
    boolean free = GenericDatumReader.isZeroByteSchema(element);
    for (long n = decoder.readArrayStart(); n > 0; n = decoder.arrayNext()) {
      if (free) {
        countFree(n);
      }
      for (long i = 0; i < n; i++) { // the others end where the bytes do
        over(element, depth);
      }
    }
  }

  private void countFree(long more) {
    freeElements += more;
    if (freeElements > MAX_FREE_ELEMENTS) {
      throw new AvroRuntimeException(
          "more than " + MAX_FREE_ELEMENTS + " elements that take no byte");
    }
  }

  private void overMap(Schema value, int depth) throws IOException {
    for (long n = decoder.readMapStart(); n > 0; n = decoder.mapNext()) {
      for (long i = 0; i < n; i++) {
        decoder.skipString();
        over(value, depth);
      }
    }
  }
}
