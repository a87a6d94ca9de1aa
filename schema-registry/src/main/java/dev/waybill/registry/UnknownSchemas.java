package dev.waybill.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the registry said that it does not know, for {@value #SECONDS} second, so that a topic full
 * of such values is not a request each. The newest {@value #MOST}; thread-safe.
 */
final class UnknownSchemas {
  static final int SECONDS = 1;
  static final int MOST = 1_000;

  private static final long NANOS = Duration.ofSeconds(SECONDS).toNanos();

  private record Told(UnknownSchemaException answer, long at) {}

  private final LongSupplier nanoTime;
  private final Map<SchemaName, Told> answers = new LinkedHashMap<>();

  UnknownSchemas(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The registry's answer, when it is still believed. */
  synchronized @Nullable UnknownSchemaException get(SchemaName name) {
    Told told = answers.get(name);
    return told == null || nanoTime.getAsLong() - told.at() >= NANOS ? null : told.answer();
  }

  synchronized void put(SchemaName name, UnknownSchemaException answer) {
    answers.remove(name); // so that it becomes the newest
    answers.put(name, new Told(answer, nanoTime.getAsLong()));
    if (answers.size() > MOST) {
      answers.remove(answers.keySet().iterator().next());
    }
  }
}
