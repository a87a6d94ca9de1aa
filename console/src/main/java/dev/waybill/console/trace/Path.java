package dev.waybill.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Lane;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.Relays;
import dev.waybill.console.text.Count;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The hops of one event, from what each system told of it. */
final class Path {
  private static final String DECISION = "what it decided";

  private final String eventId;
  private final @Nullable OutboxEvent row;
  private final Known known;
  private final List<Hop> hops = new ArrayList<>();

  /**
   * What was asked of the systems; each throws {@link AwayException} when it could not be asked.
   *
   * @param lanes of the relays
   * @param event what B answers of the event's id
   * @param topic where its record is, in words, for as long as B does not know it
   * @param reading why B has not decided yet, or that it has
   */
  record Known(
      Supplier<Relays.Lanes> lanes,
      Supplier<Optional<JsonNode>> event,
      Supplier<Hop> topic,
      Supplier<Hop> reading) {}

  Path(String eventId, @Nullable OutboxEvent row, Known known) {
    this.eventId = eventId;
    this.row = row;
    this.known = known;
  }

  /**
   * All hops.
   *
   * @param noRow why there is no row, where there is none
   */
  List<Hop> hops(Hop noRow) {
    Optional<JsonNode> decided = Optional.empty();
    AwayException noAnswer = null;
    try {
      decided = known.event().get();
    } catch (AwayException away) {
      noAnswer = away;
    }
    hops.add(row == null ? noRow : committed(row));
    Hop published = published(decided.isPresent());
    hops.add(published);
    hops.add(topic(decided, published.state()));
    Hop decision = decision(decided, noAnswer, published.state());
    hops.add(decision);
    hops.add(effects(decision));
    return List.copyOf(hops);
  }

  private static Hop committed(OutboxEvent row) {
    return new Hop(
        "committed",
        State.DONE,
        "version %s of %s %s, by transaction %s as row %s"
            .formatted(row.version(), row.aggregateType(), row.aggregateId(), row.xid(), row.seq()),
        row.occurredAt());
  }

  private Hop published(boolean isInB) {
    if (row == null) {
      return isInB
          ? Hop.of("published", State.DONE, "B has read it")
          : Hop.of("published", State.UNKNOWN, "without its row nobody can tell its lane");
    }
    Relays.Lanes lanes;
    try {
      lanes = known.lanes().get();
    } catch (AwayException away) {
      return isInB
          ? Hop.of("published", State.DONE, "B has read it (" + away.getMessage() + ")")
          : Hop.unknown("published", away, "whether it has published this");
    }
    int number = lanes.numberOf(row.slot());
    Optional<Lane> lane = lanes.of(row.slot());
    if (lane.isEmpty()) {
      return isInB
          ? Hop.of("published", State.DONE, "B has read it; nobody owns its lane " + number)
          : new Hop(
              "published",
              lanes.away().isEmpty() ? State.WAITING : State.UNKNOWN,
              "no relay that answers owns lane "
                  + number
                  + (lanes.away().isEmpty()
                      ? ""
                      : ", so whether this was published is not known (%s)"
                          .formatted(String.join("; ", lanes.away()))),
              row.occurredAt());
    }
    return published(row, lane.get(), isInB);
  }

  private Hop published(OutboxEvent event, Lane lane, boolean isInB) {
    String name = "lane " + lane.number();
    if (lane.quarantined().contains(eventId)) {
      return Hop.of(
          "published",
          State.DIVERGED,
          name + " never publishes it: a person let it pass, and it is a dead letter");
    }
    if (isInB) {
      return Hop.of("published", State.DONE, name + " published it");
    }
    Optional<Lane.Waiting> held = lane.waitsFor(event.aggregateId());
    if (held.isPresent()) {
      boolean itself = held.get().eventId().equals(eventId);
      return new Hop(
          "published",
          State.WAITING,
          "%s waits: %s (%s)"
              .formatted(
                  name,
                  itself
                      ? "this event is refused"
                      : "an earlier event of its aggregate is refused, " + held.get().eventId(),
                  held.get().reason()),
          instant(held.get().since()));
    }
    if (lane.cursor().isPast(event)) {
      return Hop.of("published", State.DONE, "the cursor of " + name + " is past it");
    }
    String stuck = lane.stuck();
    return new Hop(
        "published",
        State.WAITING,
        stuck == null ? name + " has not come to it yet" : name + " is stopped: " + stuck,
        event.occurredAt());
  }

  private Hop topic(Optional<JsonNode> decided, State published) {
    if (decided.isPresent()) {
      JsonNode event = decided.get();
      return Hop.of(
          "topic",
          State.DONE,
          "%s-%s@%s"
              .formatted(
                  event.path("topic").asText(),
                  event.path("partition").asInt(),
                  event.path("offset").asLong()));
    }
    return switch (published) {
      case DONE -> ask("topic", known.topic(), "where its record is");
      case UNKNOWN ->
          Hop.of("topic", State.UNKNOWN, "not known before it is whether it was published");
      default -> Hop.of("topic", State.ABSENT, "not published");
    };
  }

  private Hop decision(
      Optional<JsonNode> decided, @Nullable AwayException noAnswer, State published) {
    if (decided.isPresent()) {
      JsonNode event = decided.get();
      int duplicates = event.path("duplicatesDropped").asInt();
      String dropped = duplicates == 0 ? "" : ", and dropped " + Count.of(duplicates, "duplicate");
      Instant at = instant(event.path("at").asText());
      return event.path("status").asText().equals("applied")
          ? new Hop("decided", State.DONE, "B applied it" + dropped, at)
          : new Hop(
              "decided",
              State.DIVERGED,
              "a dead letter: " + event.path("reason").asText() + dropped,
              at);
    }
    if (published == State.WAITING || published == State.DIVERGED) {
      return noAnswer == null
          ? Hop.of("decided", State.ABSENT, "B has not got it")
          : Hop.unknown("decided", noAnswer, DECISION);
    }
    Hop reading = ask("decided", known.reading(), "how far B has read");
    return noAnswer == null || reading.state() == State.WAITING
        ? noAnswer == null
            ? reading
            : new Hop(
                reading.name(),
                reading.state(),
                reading.words() + "; " + noAnswer.getMessage(),
                reading.since())
        : Hop.unknown("decided", noAnswer, DECISION);
  }

  private Hop effects(Hop decision) {
    return switch (decision.state()) {
      case DONE ->
          Hop.of(
              "effects",
              State.DONE,
              row != null && row.tombstone()
                  ? "the order is erased in B; nobody is notified of that"
                  : "tables, totals and the notification are of the same Kafka transaction");
      case UNKNOWN -> Hop.of("effects", State.UNKNOWN, "nobody can tell B's decision");
      default -> Hop.of("effects", State.ABSENT, "none before B applies it");
    };
  }

  private static Hop ask(String name, Supplier<Hop> question, String what) {
    try {
      return question.get();
    } catch (AwayException away) {
      return Hop.unknown(name, away, what);
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException none) {
      return null;
    }
  }
}
