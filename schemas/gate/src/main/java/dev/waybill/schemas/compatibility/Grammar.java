package dev.waybill.schemas.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.parsing.ResolvingGrammarGenerator;
import org.apache.avro.io.parsing.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What Avro's {@code ResolvingDecoder} makes of two schemas before it reads: all records without
 * the records around them, one symbol after the other. Its fast readers do without.
 */
final class Grammar {
  /** Some tens of megabytes. */
  private static final long MOST = 1_000_000;

  private Grammar() {}

  /**
   * What keeps the decoder from reading; null: nothing.
   *
   * @param writer with the reader's aliases applied
   */
  static @Nullable String fault(Schema writer, Schema reader) {
    IdentityHashMap<Schema, Long> sizes = new IdentityHashMap<>();
    if (size(writer, sizes) == MOST || size(reader, sizes) == MOST) {
      return "has more than a million fields when records stand where they are named";
    }
    try {
      return isComplete(new ResolvingGrammarGenerator().generate(writer, reader))
          ? null
          : "has records that contain each other in a circle which Avro's decoder leaves open";
    } catch (IOException impossible) { // it writes defaults, into memory
      throw new UncheckedIOException(impossible);
    }
  }

  /** How many symbols at most, without unions' branches, which stand for themselves. */
  private static long size(Schema schema, IdentityHashMap<Schema, Long> sizes) {
    Long known = sizes.putIfAbsent(schema, 0L); // inside itself it is filled in later
    if (known != null) {
      return known;
    }
    long size = 1;
    if (schema.getType() != Schema.Type.UNION) {
      for (Schema part : Nesting.parts(schema)) {
        size = Math.min(size + size(part, sizes), MOST);
      }
    }
    sizes.put(schema, size);
    return size;
  }

  /** Where records contain each other, Avro fills in later, and forgets to in some circles. */
  private static boolean isComplete(Symbol root) {
    Set<Symbol> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Symbol> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Symbol symbol = open.pop();
      if (seen.add(symbol)) {
        for (Symbol part : parts(symbol)) {
          if (part == null) {
            return false;
          }
          open.push(part);
        }
      }
    }
    return true;
  }

  private static List<@Nullable Symbol> parts(Symbol symbol) {
    if (symbol instanceof Symbol.Alternative branches) {
      return Arrays.asList(branches.symbols);
    }
    if (symbol instanceof Symbol.SkipAction skipped) {
      return Arrays.asList(skipped.symToSkip);
    }
    if (symbol instanceof Symbol.UnionAdjustAction branch) {
      return Arrays.asList(branch.symToParse);
    }
    return symbol.production == null ? List.of() : Arrays.asList(symbol.production);
  }
}
