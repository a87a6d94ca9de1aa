package dev.waybill.proof.mutants;

import dev.waybill.proof.Names;
import dev.waybill.proof.checker.Invariant;
import dev.waybill.proof.edits.Edit;
import dev.waybill.proof.faults.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The faults that are built in, one at a time, and the invariant that is about each. */
@SuppressWarnings({
  "ImmutableEnumChecker", // what it has is never changed
  "StringConcatToTextBlock" // lines as they stand in the source
})
public enum Mutant {
  RELAY_FORGETS_TRANSACTIONS_IN_PROGRESS(
      "its cursor holds no transactions in progress, so that what commits late is passed over",
      Invariant.NO_LOSS,
      EnumSet.of(FaultKind.F1, FaultKind.F5),
      relay(
          "cursor.Snapshot",
          "Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), inProgress)",
          "Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(2)), List.of())")),
  RELAY_TAKES_A_FAILED_COMMIT_FOR_DONE(
      "it does not look what became of a commit",
      Invariant.NO_LOSS,
      EnumSet.of(FaultKind.F3),
      relay(
          "lane.Lane",
          "      committing.join();\n",
          "      committing.handle((done, failure) -> failure == null).join();\n")),
  RELAY_DOES_NOT_AWAIT_ITS_COMMITS(
      "it goes on at once, and commits every other page 200 ms later",
      Invariant.NO_LOSS,
      EnumSet.of(FaultKind.F1),
      relay(
          "lane.LanePublisher",
          "    return CompletableFuture.runAsync(() -> commit(producer, page, begun), committer);\n",
          """
              var unused =
                  CompletableFuture.runAsync(
                      () -> commit(producer, page, begun),
                      CompletableFuture.delayedExecutor(turn % 2 * 200L, TimeUnit.MILLISECONDS));
              return CompletableFuture.completedFuture(null);
          """)),
  RELAY_COMMITS_THE_CURSOR_FIRST(
      "its cursor commits in a transaction before that of the events",
      Invariant.NO_LOSS,
      EnumSet.of(FaultKind.F1),
      relay(
          "lane.LanePublisher",
          "    send(producer, page, parts, records);\n",
          """
              producer.send(
                  cursors.record(
                      lane,
                      new LaneCursor(
                          layout, parts, cursors.events(), room.list(), room.quarantined(), false)));
              producer.commitTransaction();
              producer.beginTransaction();
              send(producer, page, parts, records);
          """)),
  RELAY_WRITES_THE_CURSOR_OF_THE_PAGE_BEFORE(
      "its cursor is that of the page before",
      Invariant.ONCE,
      EnumSet.of(FaultKind.F1),
      relay(
          "lane.LanePublisher",
          "                  layout, parts, cursors.events(), room.list(), room.quarantined(), false)));\n",
          "                  layout, last == null ? parts : last, cursors.events(), room.list(),"
              + " room.quarantined(), false)));\n      last = parts;\n"),
      relay(
          "lane.LanePublisher",
          "  private final ExecutorService commits;\n",
          "  private final ExecutorService commits;\n  private @Nullable List<Part> last;\n")),
  RELAY_SENDS_BACKWARDS(
      "it sends the rows of a page from the last to the first",
      Invariant.ORDER,
      EnumSet.of(FaultKind.F1),
      relay(
          "lane.LanePublisher",
          "    return records;\n  }\n\n  private void prepare(",
          "    java.util.Collections.reverse(records);\n    return records;\n  }\n\n"
              + "  private void prepare(")),
  RELAY_CHANGES_A_BYTE(
      "one event in five hundred has another last byte",
      Invariant.INTEGRITY,
      EnumSet.of(FaultKind.F1),
      relay(
          "topic.EventRecords",
          "    return WireFormat.frame(schemaIds.registryId(schemaId), payload);\n",
          """
              if (row.seq() % 500 == 0) {
                payload[payload.length - 1] ^= 1;
              }
              return WireFormat.frame(schemaIds.registryId(schemaId), payload);
          """)),
  B_FORGETS_EVENT_IDS(
      "it finds no event id in its store",
      Invariant.CONFLICT,
      EnumSet.of(FaultKind.F8),
      deduplication(
          "IdStore",
          "    return found == null ? null : RememberedEvent.decode(found);\n",
          "    return null;\n")),
  B_HAS_NO_MEMORY(
      "it finds neither ids nor versions",
      Invariant.ONCE,
      EnumSet.of(FaultKind.F8),
      deduplication(
          "Decider",
          "    RememberedEvent seen = ids.find(Objects.requireNonNull(envelope.id()));\n"
              + "    if (seen",
          "    RememberedEvent seen = null;\n    if (seen"),
      deduplication(
          "Decider",
          "Versions known = envelope.version() == 0 ? Versions.NONE :"
              + " versions.of(incoming.key());",
          "Versions known = Versions.NONE;")),
  B_DROPS_CONTRADICTIONS(
      "it takes every record of a known id for a copy, whatever it says",
      Invariant.CONFLICT,
      EnumSet.of(FaultKind.F8),
      deduplication(
          "Decider",
          "if (seen != null && seen.applied() && seen.digest().equals(digest)) {",
          "if (seen != null && seen.applied()) {")),
  B_DROPS_DEAD_LETTERS(
      "it writes no dead letters",
      Invariant.CONFLICT,
      EnumSet.of(FaultKind.F8, FaultKind.F9),
      deduplication(
          "Outlet",
          "    context.forward(\n        letters.of(",
          "    java.util.Objects.requireNonNull(\n        letters.of(")),
  B_FORWARDS_TWICE(
      "one event in a thousand is forwarded twice",
      Invariant.ONCE,
      EnumSet.of(FaultKind.F1),
      deduplication(
          "Outlet",
          "  void newEvent(\n",
          """
            void newEvent(
                Incoming<K, I> incoming, Envelope envelope, @Nullable V value, boolean newerApplied) {
              forward(incoming, envelope, value, newerApplied);
              if (incoming.source().offset() % 1000 == 0) {
                forward(incoming, envelope, value, newerApplied);
              }
            }

            private void forward(
          """)),
  B_SKIPS_SOME(
      "one event in a thousand is remembered and not forwarded",
      Invariant.NO_LOSS,
      EnumSet.of(FaultKind.F1),
      deduplication(
          "Outlet",
          "    FixedKeyRecord<K, I> record = incoming.record();\n",
          """
              FixedKeyRecord<K, I> record = incoming.record();
              if (incoming.source().offset() % 1000 == 0) {
                return;
              }
          """)),
  B_PROCESSES_AT_LEAST_ONCE(
      "Kafka Streams' guarantee is at_least_once",
      Invariant.CONSERVATION,
      EnumSet.of(FaultKind.F1),
      Edit.of(
          "consumer-service",
          "dev.waybill.consumer.streams.StreamsProperties",
          "PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2",
          "PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE"),
      deduplication(
          "StartRules",
          "if (!StreamsConfig.EXACTLY_ONCE_V2.equals(guarantee)) {",
          "if (guarantee == null) {")),
  KIT_DROPS("its observer misses notifications", Invariant.NO_LOSS, Tamper.DROP),
  KIT_DOUBLES("its observer sees notifications twice", Invariant.ONCE, Tamper.DOUBLE),
  KIT_SWAPS("its observer takes neighbours for each other", Invariant.ORDER, Tamper.SWAP);

  private final String text;
  private final Invariant invariant;
  private final Set<FaultKind> shownBy;
  private final Tamper tamper;
  private final List<Edit> edits;

  Mutant(String text, Invariant invariant, Set<FaultKind> shownBy, Edit... edits) {
    this.text = text;
    this.invariant = invariant;
    this.shownBy = shownBy;
    this.tamper = Tamper.NOTHING;
    this.edits = List.of(edits);
  }

  Mutant(String text, Invariant invariant, Tamper tamper) {
    this.text = text;
    this.invariant = invariant;
    this.shownBy = EnumSet.of(FaultKind.F1);
    this.tamper = tamper;
    this.edits = List.of();
  }

  private static Edit relay(String className, String find, String replacement) {
    return Edit.of("outbox-relay", "dev.waybill.relay." + className, find, replacement);
  }

  private static Edit deduplication(String className, String find, String replacement) {
    return Edit.of("deduplication", "dev.waybill.deduplication." + className, find, replacement);
  }

  /** As the command line has it. */
  public String text() {
    return Names.of(this);
  }

  /** What is wrong with it, in words. */
  public String fault() {
    return text;
  }

  /** The one that is about it, and must be broken. */
  public Invariant invariant() {
    return invariant;
  }

  /** The kinds of campaign's faults that bring it to light; others only take their time. */
  public List<FaultKind> shownBy() {
    return List.copyOf(shownBy);
  }

  public Tamper tamper() {
    return tamper;
  }

  /** Of services' sources; none of a kit's mutant. */
  public List<Edit> edits() {
    return edits;
  }
}
