package dev.waybill.console.systems;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What ids of events and aggregates tell of themselves. */
public final class EventIds {
  private EventIds() {}

  /** The UUID that a text is, in its usual form; empty when it is none. */
  public static Optional<UUID> parse(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text.toLowerCase(Locale.ROOT))
          ? Optional.of(id)
          : Optional.empty();
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** A new one of version 7. */
  public static UUID make(Instant now) {
    UUID random = UUID.randomUUID();
    long most = now.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0xfff);
    return new UUID(most, random.getLeastSignificantBits());
  }

  /** When an id was made, to the millisecond; empty when it is not of version 7. */
  public static Optional<Instant> time(UUID id) {
    return id.version() == 7 && id.variant() == 2
        ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
        : Optional.empty();
  }
}
