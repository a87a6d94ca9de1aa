package dev.waybill.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Encoder and buffer that one thread uses for value after value. */
final class FramedOutput extends ByteArrayOutputStream {
  /** What a large value made of the buffer is not kept above this. */
  private static final int KEPT_BYTES = 1 << 20;

  private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, null);

  byte[] frame(ValueWriter writer, Object value) throws IOException {
    try {
      count = WireFormat.HEADER_BYTES;
      writer.write(value, encoder);
      WireFormat.putHeader(buf, writer.schemaId());
      return toByteArray();
    } catch (IOException | RuntimeException e) {
      encoder = EncoderFactory.get().binaryEncoder(this, null); // forget what it half wrote
      throw e;
    } finally {
      if (buf.length > KEPT_BYTES) {
        buf = new byte[KEPT_BYTES];
      }
    }
  }
}
