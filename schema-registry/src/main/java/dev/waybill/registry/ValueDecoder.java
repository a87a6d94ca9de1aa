package dev.waybill.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's decoder, but for one thing: how much is left is not told to Avro's readers. They hold it
 * against the count of a list or map times the size of the smallest item of the <em>reader's</em>
 * schema, in which an item may have grown by fields that the value lacks, and by wider numbers; so
 * they refuse good values. Counts are held here against what was written: a byte for each item.
 */
final class ValueDecoder extends Decoder {
  private BinaryDecoder bytes = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private boolean counting;

  /**
   * Goes to the beginning of a value.
   *
   * @param free whether items can take no byte; then counts are not looked at here
   */
  ValueDecoder to(byte[] value, int offset, int length, boolean free) {
    bytes = DecoderFactory.get().binaryDecoder(value, offset, length, bytes);
    counting = !free;
    return this;
  }

  boolean isEnd() throws IOException {
    return bytes.isEnd();
  }

  private long counted(long elements) {
    if (counting && elements > bytes.remainingBytes()) {
      throw new AvroRuntimeException(
          "%s elements are claimed, but only %s bytes are left"
              .formatted(elements, bytes.remainingBytes()));
    }
    return elements;
  }

  @Override
  public long readArrayStart() throws IOException {
    return counted(bytes.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return counted(bytes.arrayNext());
  }

  @Override
  public long readMapStart() throws IOException {
    return counted(bytes.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return counted(bytes.mapNext());
  }

  @Override
  public long skipArray() throws IOException {
    return bytes.skipArray();
  }

  @Override
  public long skipMap() throws IOException {
    return bytes.skipMap();
  }

  @Override
  public void readNull() throws IOException {
    bytes.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return bytes.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return bytes.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return bytes.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return bytes.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return bytes.readDouble();
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return bytes.readString(old);
  }

  @Override
  public String readString() throws IOException {
    return bytes.readString();
  }

  @Override
  public void skipString() throws IOException {
    bytes.skipString();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return bytes.readBytes(old);
  }

  @Override
  public void skipBytes() throws IOException {
    bytes.skipBytes();
  }

  @Override
  public void readFixed(byte[] to, int start, int length) throws IOException {
    bytes.readFixed(to, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    bytes.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return bytes.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return bytes.readIndex();
  }
}
