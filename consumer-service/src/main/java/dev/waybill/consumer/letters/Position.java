package dev.waybill.consumer.letters;

import dev.waybill.deduplication.LetterPlace;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a letter is among all: by its time, the oldest first. */
record Position(long millis, int partition, long offset) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::millis)
          .thenComparingInt(Position::partition)
          .thenComparingLong(Position::offset);

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18})\\.([0-9]{1,9})\\.([0-9]{1,18})");

  static Position of(Letter letter) {
    LetterPlace place = letter.place();
    return new Position(letter.at().toEpochMilli(), place.partition(), place.offset());
  }

  /** The position in this text; empty when it is none. */
  static Optional<Position> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new Position(
                Long.parseLong(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return millis + "." + partition + "." + offset;
  }
}
