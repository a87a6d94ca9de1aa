package dev.waybill.schemas.compatibility;

import java.util.List;

/** Which released versions a schema must be able to read, or be read by: Confluent's levels. */
public enum Level {
  /** Nothing is promised. */
  NONE(false, false, false),
  /** The new schema reads what the last version wrote: readers are upgraded first. */
  BACKWARD(true, false, false),
  /** The new schema reads what every version wrote. */
  BACKWARD_TRANSITIVE(true, false, true),
  /** The last version's readers read what the new schema writes: writers are upgraded first. */
  FORWARD(false, true, false),
  /** Every version's readers read what the new schema writes. */
  FORWARD_TRANSITIVE(false, true, true),
  /** Both, with the last version. */
  FULL(true, true, false),
  /** Both, with every version: any order of upgrades, and events of any age. */
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOlder;
  private final boolean isReadByOlder;
  private final boolean transitive;

  Level(boolean readsOlder, boolean isReadByOlder, boolean transitive) {
    this.readsOlder = readsOlder;
    this.isReadByOlder = isReadByOlder;
    this.transitive = transitive;
  }

  /** Whether the new schema must read what older versions wrote. */
  public boolean readsOlder() {
    return readsOlder;
  }

  /** Whether readers of older versions must read what the new schema writes. */
  public boolean isReadByOlder() {
    return isReadByOlder;
  }

  /**
   * Those of the released versions, oldest first, that a new one is held against: all, the last, or
   * none.
   */
  public <T> List<T> compared(List<T> released) {
    if (this == NONE) {
      return List.of();
    }
    return transitive
        ? released
        : released.subList(Math.max(0, released.size() - 1), released.size());
  }
}
