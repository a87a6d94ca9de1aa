package dev.waybill.registry;

import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/**
 * Writes value after value of one thread into the same array, behind room for the header. Starts
 * over with each value, so that nothing of a value that failed halfway gets into the next.
 */
final class FramedEncoder extends BinaryEncoder {
  /** What a large value made of the array is not kept above this. */
  private static final int KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[512];
  private int size;

  byte[] frame(ValueWriter writer, Object value) throws IOException {
    size = WireFormat.HEADER_BYTES;
    try {
      writer.write(value, this);
      WireFormat.putHeader(bytes, writer.schemaId());
      return Arrays.copyOf(bytes, size);
    } finally {
      if (bytes.length > KEPT_BYTES) {
        bytes = new byte[KEPT_BYTES];
      }
    }
  }

  private void room(int more) throws IOException {
    if (more > bytes.length - size) {
      if (more > Integer.MAX_VALUE - 8 - size) {
        throw new IOException("longer than an array can be");
      }
      int twice = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(size + more, twice));
    }
  }

  @Override
  public void writeBoolean(boolean b) throws IOException {
    room(1);
    size += BinaryData.encodeBoolean(b, bytes, size);
  }

  @Override
  public void writeInt(int n) throws IOException {
    room(5);
    size += BinaryData.encodeInt(n, bytes, size);
  }

  @Override
  public void writeLong(long n) throws IOException {
    room(10);
    size += BinaryData.encodeLong(n, bytes, size);
  }

  @Override
  public void writeFloat(float f) throws IOException {
    room(4);
    size += BinaryData.encodeFloat(f, bytes, size);
  }

  @Override
  public void writeDouble(double d) throws IOException {
    room(8);
    size += BinaryData.encodeDouble(d, bytes, size);
  }

  @Override
  public void writeFixed(byte[] source, int start, int length) throws IOException {
    room(length);
    System.arraycopy(source, start, bytes, size, length);
    size += length;
  }

  @Override
  protected void writeZero() throws IOException {
    room(1);
    bytes[size++] = 0;
  }

  @Override
  public int bytesBuffered() {
    return size;
  }

  /** Nothing to do: the array is the destination. */
  @Override
  public void flush() {}
}
