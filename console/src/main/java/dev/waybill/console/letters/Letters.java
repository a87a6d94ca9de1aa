package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Records;
import dev.waybill.console.systems.SystemB;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead letters that there are: listed and grouped by B, single ones read from the topic. */
public final class Letters {
  /** The most letters that one action is about. */
  public static final int MOST = 10_000;

  private static final int PAGE = 1_000;

  private final SystemB b;
  private final Records records;
  private final Contents contents;

  /** Asks nothing yet. */
  public Letters(SystemB b, Records records, Contents contents) {
    this.b = b;
    this.records = records;
    this.contents = contents;
  }

  /**
   * A page of letters, the newest first.
   *
   * @param next what leads to the next page; empty for the last
   */
  public record Page(List<KnownLetter> letters, String next) {}

  /** Letters of one reason whose details are alike. */
  public record Group(
      String reason,
      String fingerprint,
      String detail,
      int count,
      int open,
      String oldest,
      String newest) {}

  /** A letter with what it holds. */
  public record Whole(KnownLetter letter, Contents.Shown contents) {}

  /**
   * A page.
   *
   * @param after what the page before gave as next; empty for the first
   * @throws AwayException when B cannot be asked
   * @throws SystemB.RefusedException when B does not take the question
   */
  public Page list(LetterQuery query, String after, int limit) {
    JsonNode answer = ask(query.path(after, limit));
    List<KnownLetter> letters = new ArrayList<>();
    answer.path("deadLetters").forEach(one -> letters.add(KnownLetter.of(one)));
    return new Page(List.copyOf(letters), answer.path("next").asText());
  }

  /**
   * All groups of the letters that a query finds.
   *
   * @throws AwayException when B cannot be asked
   * @throws SystemB.RefusedException when B does not take the question
   */
  public List<Group> groups(LetterQuery query) {
    List<Group> groups = new ArrayList<>();
    for (JsonNode one : ask(query.groups()).path("groups")) {
      groups.add(
          new Group(
              one.path("reason").asText(),
              one.path("fingerprint").asText(),
              one.path("detail").asText(),
              one.path("count").asInt(),
              one.path("open").asInt(),
              one.path("oldest").asText(),
              one.path("newest").asText()));
    }
    return List.copyOf(groups);
  }

  /**
   * All letters that a query finds now, at most {@value #MOST}: the set of an action.
   *
   * @throws AwayException when B cannot be asked
   * @throws SystemB.RefusedException when B does not take the question
   */
  public List<KnownLetter> all(LetterQuery query) {
    List<KnownLetter> all = new ArrayList<>();
    String after = "";
    do {
      Page page = list(query, after, Math.min(PAGE, MOST - all.size()));
      all.addAll(page.letters());
      after = page.next();
    } while (!after.isEmpty() && all.size() < MOST);
    return List.copyOf(all);
  }

  /**
   * The set of an action: the letters that a query finds now; where it names no state, those that
   * the action is for.
   *
   * @throws AwayException when B cannot be asked
   * @throws SystemB.RefusedException when B does not take the question
   */
  public List<KnownLetter> of(LetterAction.Kind action, LetterQuery query) {
    if (!query.state().isEmpty()) {
      return all(query);
    }
    if (action == LetterAction.Kind.RESTORE) {
      return all(query.withState("discarded"));
    }
    return Stream.of("open", "replayed")
        .flatMap(state -> all(query.withState(state)).stream())
        .limit(MOST)
        .toList();
  }

  /**
   * One letter; empty when there is none at the place.
   *
   * @throws AwayException when Kafka or B cannot be asked
   */
  public Optional<Whole> find(LetterPlace place) {
    Optional<ConsumerRecord<byte[], byte[]>> record = records.record(place);
    return record.map(
        found ->
            new Whole(
                known(place, found).orElseGet(() -> Contents.known(place, found)),
                contents.of(found)));
  }

  private Optional<KnownLetter> known(LetterPlace place, ConsumerRecord<byte[], byte[]> record) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    try {
      return all(LetterQuery.ANY.between(at.toString(), at.plusMillis(1).toString())).stream()
          .filter(one -> one.place().equals(place.toString()))
          .findFirst();
    } catch (AwayException | SystemB.RefusedException away) {
      return Optional.empty();
    }
  }

  private JsonNode ask(String path) {
    return b.any(path).orElseThrow(() -> new AwayException("B", "it has no list of dead letters"));
  }
}
