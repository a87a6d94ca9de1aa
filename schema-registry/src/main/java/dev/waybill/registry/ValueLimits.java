package dev.waybill.registry;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values whose few bytes stand for a lot. {@link ValueDecoder} refuses lengths and counts
 * that the bytes behind them cannot pay for. Two things it cannot see, and only schemas of two
 * kinds allow them: nesting as deep as the value is long (a schema that contains itself), and
 * elements that take no byte at all (an array of nulls or of empty records). Values of those
 * schemas are walked through before they are read; all others cost nothing here.
 *
 * @param walked the schema, if it is one of those
 */
record ValueLimits(@Nullable Schema walked) {
  static ValueLimits of(Schema schema) {
    return new ValueLimits(new Search().needsWalk(schema) ? schema : null);
  }

  void check(byte[] bytes, int offset, int length) throws IOException {
    if (walked != null) {
      new ValueWalk(DecoderFactory.get().binaryDecoder(bytes, offset, length, null))
          .over(walked, 0);
    }
  }

  /** For the two kinds in a schema; looks into each record once. */
  private static final class Search {
    private final Set<String> inside = new HashSet<>();
    private final Set<String> harmless = new HashSet<>();

    boolean needsWalk(Schema schema) {
      return switch (schema.getType()) {
        case RECORD -> needsWalkInRecord(schema);
        case UNION -> schema.getTypes().stream().anyMatch(this::needsWalk);
        case MAP -> needsWalk(schema.getValueType());
        case ARRAY ->
            GenericDatumReader.isZeroByteSchema(schema.getElementType())
                || needsWalk(schema.getElementType());
        default -> false;
      };
    }

    private boolean needsWalkInRecord(Schema record) {
      if (harmless.contains(record.getFullName())) {
        return false;
      }
      if (!inside.add(record.getFullName())
          || record.getFields().stream().anyMatch(field -> needsWalk(field.schema()))) {
        return true;
      }
      harmless.add(record.getFullName());
      return false;
    }
  }
}
