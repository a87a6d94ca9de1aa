package dev.waybill.deduplication;

import org.jspecify.annotations.Nullable;

/** A record for the dead-letter topic, which has its headers already. */
final class DeadLetter<V> implements Recognised<V> {
  private final byte @Nullable [] value;

  DeadLetter(byte @Nullable [] value) {
    this.value = value;
  }

  /** As it came. */
  byte @Nullable [] value() {
    return value;
  }
}
