package dev.waybill.registry;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The deserializer's own reader and decoder, between any two schemas. */
public final class AsBReads {
  private final ValueReader reader;
  private final ValueDecoder decoder = new ValueDecoder();

  /** Fails as the deserializer does when the two do not go together. */
  public AsBReads(Schema writer, Schema reader) throws IOException {
    this.reader = ValueReader.of(writer, reader, new GenericData());
  }

  /** The value, without the wire format's header. */
  public Object read(byte[] value) throws IOException {
    return reader.resolve(decoder, value, 0, value.length);
  }
}
