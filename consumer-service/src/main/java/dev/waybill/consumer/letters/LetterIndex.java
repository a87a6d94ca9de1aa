package dev.waybill.consumer.letters;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The letters in memory, without their values, and what became of each. At most so many, and so
 * many characters: beyond that the oldest are left out, which answers say. Thread-safe.
 */
final class LetterIndex {
  /** How many letters are kept. */
  static final int MOST = 100_000;

  private static final long MOST_CHARACTERS = 64L << 20;

  private static final Set<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::name).collect(toUnmodifiableSet());

  /** Whatever else is in a letter's header is no name of a metric. */
  private static final String OTHER = "other";

  /** A letter, and what became of it. */
  record Entry(Letter letter, Standing standing) {}

  /**
   * Some of the letters, the newest first.
   *
   * @param next what to give as {@code before} for those that follow; null when none do
   * @param truncated whether there are older letters that are not kept
   */
  record Page(List<Entry> entries, @Nullable Position next, boolean truncated) {}

  /**
   * How many wait for somebody.
   *
   * @param oldest since when the oldest does; null when none does
   */
  record Unsettled(int count, @Nullable Instant oldest) {}

  private final int most;
  private final NavigableMap<Position, Entry> letters = new TreeMap<>();
  private final Map<LetterPlace, Position> places = new HashMap<>();
  private final Map<String, Integer> unsettled = new HashMap<>();
  private long characters;
  private boolean truncated;

  LetterIndex() {
    this(MOST);
  }

  LetterIndex(int most) {
    this.most = most;
  }

  /** Takes in a record of the topic, a letter or what was done about one. */
  synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    Optional<LetterAction> action = LetterAction.of(record);
    if (action.isPresent()) {
      Position at = places.get(action.get().letter());
      Entry before = at == null ? null : letters.get(at);
      if (before != null) {
        put(new Entry(before.letter(), before.standing().after(action.get())));
      }
    } else if (!LetterAction.isOne(record.headers())) {
      Letter.of(record).ifPresent(letter -> put(new Entry(letter, Standing.open(letter.at()))));
    }
  }

  private void put(Entry entry) {
    remove(entry.letter().place());
    Position at = Position.of(entry.letter());
    letters.put(at, entry);
    places.put(entry.letter().place(), at);
    characters += weight(entry);
    count(entry, 1);
    while (letters.size() > most || characters > MOST_CHARACTERS) {
      remove(letters.firstEntry().getValue().letter().place());
      truncated = true;
    }
  }

  private void remove(LetterPlace place) {
    Position at = places.remove(place);
    Entry gone = at == null ? null : letters.remove(at);
    if (gone != null) {
      characters -= weight(gone);
      count(gone, -1);
    }
  }

  private void count(Entry entry, int more) {
    if (entry.standing().state().isUnsettled()) {
      String reason = entry.letter().reason();
      unsettled.merge(REASONS.contains(reason) ? reason : OTHER, more, Integer::sum);
    }
  }

  private static int weight(Entry entry) {
    return entry.letter().weight() + entry.standing().weight();
  }

  /** Older letters are there, and were not read. */
  synchronized void leftOut() {
    truncated = true;
  }

  /** Begins anew, when the topic is read from its beginning again. */
  synchronized void clear() {
    letters.clear();
    places.clear();
    unsettled.clear();
    characters = 0;
    truncated = false;
  }

  /** Lets go of what the topic's retention has deleted. */
  synchronized void dropBelow(Map<TopicPartition, Long> begins) {
    List<LetterPlace> gone =
        places.keySet().stream()
            .filter(
                place ->
                    place.offset()
                        < begins.getOrDefault(
                            new TopicPartition(place.topic(), place.partition()), 0L))
            .toList();
    gone.forEach(this::remove);
  }

  /** Those that a filter takes, behind a position when one is given. */
  synchronized Page page(LetterFilter filter, @Nullable Position before, int limit) {
    List<Entry> page = new ArrayList<>();
    NavigableMap<Position, Entry> older = before == null ? letters : letters.headMap(before, false);
    for (Entry entry : older.descendingMap().values()) {
      if (!filter.takes(entry.letter(), entry.standing())) {
        continue;
      }
      if (page.size() == limit) {
        return new Page(page, Position.of(page.get(limit - 1).letter()), truncated);
      }
      page.add(entry);
    }
    return new Page(page, null, truncated);
  }

  /** The same in groups of one fingerprint, that of the newest letter first. */
  synchronized List<LetterGroup> groups(LetterFilter filter) {
    Map<String, LetterGroup> groups = new LinkedHashMap<>();
    for (Entry entry : letters.descendingMap().values()) {
      if (filter.takes(entry.letter(), entry.standing())) {
        groups.merge(
            entry.letter().fingerprint(), LetterGroup.of(entry), (one, more) -> one.and(more));
      }
    }
    return List.copyOf(groups.values());
  }

  synchronized boolean isTruncated() {
    return truncated;
  }

  synchronized Unsettled unsettled() {
    int count = 0;
    Instant oldest = null;
    for (Entry entry : letters.values()) {
      if (entry.standing().state().isUnsettled()) {
        oldest = oldest == null ? entry.letter().at() : oldest;
        count++;
      }
    }
    return new Unsettled(count, oldest);
  }

  /** How many of a reason wait for somebody. */
  synchronized int unsettled(String reason) {
    return unsettled.getOrDefault(reason, 0);
  }

  /** The reasons by which they are counted: B's own, and one for all others. */
  static List<String> reasons() {
    return Stream.concat(REASONS.stream().sorted(), Stream.of(OTHER)).toList();
  }

  /** Letters that wait and whose event may have taken effect, the oldest first. */
  synchronized List<Letter> open(@Nullable Position after, int limit) {
    NavigableMap<Position, Entry> newer = after == null ? letters : letters.tailMap(after, false);
    return newer.values().stream()
        .filter(entry -> entry.standing().state().isUnsettled())
        .map(Entry::letter)
        .filter(Letter::isSettledByItsId)
        .limit(limit)
        .toList();
  }

  /** Letters that were sent again and are not known to have taken effect, the newest first. */
  synchronized List<Letter> replayed(int limit) {
    return letters.descendingMap().values().stream()
        .filter(entry -> entry.standing().state() == State.REPLAYED)
        .map(Entry::letter)
        .filter(Letter::isSettledByItsId)
        .limit(limit)
        .toList();
  }

  /**
   * Notes of these letters when their events took effect; of others of them nothing is known.
   *
   * @return those of which it was not known
   */
  synchronized List<Letter> applied(List<Letter> asked, Map<UUID, Instant> when) {
    List<Letter> news = new ArrayList<>();
    for (Letter letter : asked) {
      Instant at = letter.eventId() == null ? null : when.get(letter.eventId());
      Position position = places.get(letter.place());
      Entry before = position == null ? null : letters.get(position);
      if (at != null && before != null && before.standing().state() != State.APPLIED) {
        put(new Entry(before.letter(), before.standing().applied(at)));
        news.add(letter);
      }
    }
    return news;
  }
}
