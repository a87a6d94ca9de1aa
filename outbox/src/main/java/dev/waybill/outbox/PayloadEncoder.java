package dev.waybill.outbox;

import dev.waybill.outbox.RejectedEventException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Encodes payloads as plain Avro binary, with one encoder and buffer for each thread. A payload
 * over the maximum is given up as soon as it passes it, and a large buffer is not kept.
 */
final class PayloadEncoder {
  private static final int KEPT_BYTES = 64 * 1024;

  private final int maxBytes;
  private final ThreadLocal<Buffer> buffers;

  PayloadEncoder(int maxBytes) {
    this.maxBytes = maxBytes;
    this.buffers = ThreadLocal.withInitial(() -> new Buffer(maxBytes));
  }

  byte[] encode(IndexedRecord payload) {
    Buffer buffer = buffers.get();
    buffer.reset();
    try {
      writer(payload).write(payload, buffer.encoder);
      buffer.encoder.flush();
      return buffer.toByteArray();
    } catch (TooLargeException e) {
      throw new RejectedEventException(
          Reason.PAYLOAD_TOO_LARGE, "the payload is larger than " + maxBytes + " bytes", e);
    } catch (IOException | RuntimeException e) {
      throw new RejectedEventException(
          Reason.PAYLOAD_INVALID,
          "the payload does not conform to its schema "
              + payload.getSchema().getFullName()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** A generated class brings the conversions of its logical types along. */
  private static DatumWriter<IndexedRecord> writer(IndexedRecord payload) {
    if (payload instanceof SpecificRecordBase generated) {
      return new SpecificDatumWriter<>(payload.getSchema(), generated.getSpecificData());
    }
    return payload instanceof SpecificRecord
        ? new SpecificDatumWriter<>(payload.getSchema())
        : new GenericDatumWriter<>(payload.getSchema());
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Grows as needed, up to a maximum; the encoder in front of it holds no state of its own. */
  private static final class Buffer extends OutputStream {
    private final int maxBytes;
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(this, null);
    private byte[] bytes = new byte[1024];
    private int size;

    Buffer(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) throws IOException {
      ensure(1);
      bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      ensure(length);
      System.arraycopy(source, offset, bytes, size, length);
      size += length;
    }

    private void ensure(int more) throws IOException {
      if (more > maxBytes - size) {
        throw new TooLargeException();
      }
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
      }
    }

    private void reset() {
      size = 0;
      if (bytes.length > KEPT_BYTES) {
        bytes = new byte[KEPT_BYTES];
      }
    }

    private byte[] toByteArray() {
      return Arrays.copyOf(bytes, size);
    }
  }
}
