package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Injected;
import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.LedgerWriter;
import dev.waybill.proof.ledger.Letter;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import dev.waybill.proof.ledger.Rebuilt;
import dev.waybill.proof.ledger.Replayed;
import dev.waybill.proof.ledger.Request;
import dev.waybill.proof.ledger.Rest;
import dev.waybill.proof.ledger.Row;
import dev.waybill.proof.ledger.Row.Table;
import dev.waybill.proof.ledger.Run;
import dev.waybill.proof.ledger.Sample;
import dev.waybill.proof.ledger.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of a small attack that found nothing, to be spoilt. Two orders with three events each;
 * the last event of the second is a tombstone, and that of the first waits for a fault of 50 s,
 * until two seconds after it. A copy, a conflict and a poison were injected.
 */
public final class Attack {
  public static final long BEGAN = 1_700_000_000_000L;
  static final long LIVENESS = 30_000;
  static final UUID A1 = id(1);
  static final UUID A2 = id(2);
  static final UUID A3 = id(3);
  static final UUID B1 = id(4);
  static final UUID B3 = id(6);
  static final UUID NOBODYS = id(99);

  final List<Request> requests = new ArrayList<>();
  final List<Committed> committed = new ArrayList<>();
  final List<Published> published = new ArrayList<>();
  final List<Injected> injected = new ArrayList<>();
  final List<Notified> notified = new ArrayList<>();
  final List<Letter> letters = new ArrayList<>();
  final List<Replayed> replayed = new ArrayList<>();
  final List<Known> known = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();
  final List<Known> knownAgain = new ArrayList<>();
  final List<Rebuilt> rebuilt = new ArrayList<>();
  final List<Row> newcomer = new ArrayList<>();
  final List<Size> sizes = new ArrayList<>();
  final List<Fault> faults = new ArrayList<>();
  final List<Sample> samples = new ArrayList<>();
  private Predicate<Published> atRest = record -> true;
  private Optional<Rest> rest = Optional.of(new Rest(BEGAN + 100_000, 0, null, null));

  public Attack() {
    change("order-a", 1, A1, 1_000, 1_500);
    change("order-a", 2, A2, 2_000, 2_500);
    change("order-a", 3, A3, 20_000, 62_000);
    change("order-b", 1, B1, 1_100, 1_600);
    change("order-b", 2, id(5), 2_100, 2_600);
    erase("order-b", 3, B3, 3_100);
    inject(Injected.Kind.COPY, 0, 3, A1);
    inject(Injected.Kind.CONFLICT, 1, 3, B1);
    inject(Injected.Kind.POISON, 1, 4, null);
    letter("CONFLICT", 1, 3, B1);
    letter("MISSING_ID", 1, 4, null);
    replaceKnown(new Known(A1, true, 1, BEGAN + 1_400));
    rows.add(new Row(Table.ORDERS, "order-a", "PAID", "PAID"));
    rows.add(new Row(Table.ORDERS, "order-b", null, null));
    rows.add(new Row(Table.CUSTOMERS, "customer", "1", "1"));
    fault(Part.BEHIND, 10_000, 60_000);
    samples.add(new Sample(BEGAN + 5_000, 5, 5, 5, Map.of()));
    samples.add(new Sample(BEGAN + 50_000, 6, 5, 4, Map.of("relay", "no broker")));
    samples.add(new Sample(BEGAN + 70_000, 6, 6, 5, Map.of()));
  }

  static UUID id(int number) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
  }

  /** A change of an order, all the way; orders a are in partition 0, others in 1. */
  private void change(String order, long version, UUID id, long at, long notifiedAt) {
    arrive(order, version, id, "payload-" + id, at);
    notified.add(new Notified(0, notified.size(), BEGAN + notifiedAt, id));
  }

  private void erase(String order, long version, UUID id, long at) {
    arrive(order, version, id, null, at);
  }

  private void arrive(String order, long version, UUID id, @Nullable String payload, long at) {
    String call = payload == null ? "DELETE /orders/" + order : "POST /orders";
    int partition = order.endsWith("a") ? 0 : 1;
    long when = BEGAN + at;
    requests.add(new Request(when, 8, "key-" + id, call, 200, order, version));
    committed.add(new Committed(committed.size() + 1, id, order, version, payload, when));
    published.add(
        new Published(
            partition,
            version - 1,
            when + 200,
            order,
            id.toString(),
            Long.toString(version),
            payload));
    known.add(new Known(id, true, 0, when + 400));
  }

  private void inject(Injected.Kind kind, int partition, long offset, @Nullable UUID id) {
    String header = id == null ? null : id.toString();
    injected.add(new Injected(BEGAN + 4_000, kind, partition, offset, header));
    published.add(new Published(partition, offset, BEGAN + 4_100, "x", header, "1", "other"));
  }

  Attack letter(String reason, int partition, long offset, @Nullable UUID id) {
    return letter(reason, partition, offset, id, false);
  }

  /** That the built-in bug has made. */
  Attack builtLetter(int partition, long offset, UUID id) {
    return letter("UNPROCESSABLE", partition, offset, id, true);
  }

  private Attack letter(
      String reason, int partition, long offset, @Nullable UUID id, boolean built) {
    letters.add(
        new Letter(
            0,
            letters.size(),
            BEGAN + 4_500,
            id == null ? null : id.toString(),
            reason,
            partition,
            offset,
            built));
    return this;
  }

  Attack replayed(UUID id) {
    replayed.add(new Replayed(0, replayed.size(), BEGAN + 70_000, id.toString()));
    return this;
  }

  Attack withoutLetter(String reason) {
    letters.removeIf(letter -> letter.reason().equals(reason));
    return this;
  }

  Attack replaceKnown(Known word) {
    withoutKnown(word.eventId());
    known.add(word);
    return this;
  }

  Attack withoutKnown(UUID id) {
    known.removeIf(word -> word.eventId().equals(id));
    return this;
  }

  /** Changes the relay's record of an event. */
  Attack republish(UUID id, UnaryOperator<Published> changed) {
    int first = 0;
    while (!id.toString().equals(published.get(first).eventId())) {
      first++;
    }
    published.set(first, changed.apply(published.get(first)));
    return this;
  }

  Attack notified(UUID id, long offset, long at) {
    notified.add(new Notified(0, offset, BEGAN + at, id));
    return this;
  }

  Attack withoutNotification(UUID id) {
    notified.removeIf(effect -> effect.eventId().equals(id));
    return this;
  }

  Attack without(UUID id) {
    committed.removeIf(event -> event.eventId().equals(id));
    published.removeIf(record -> id.toString().equals(record.eventId()));
    return withoutKnown(id).withoutNotification(id);
  }

  Attack request(long at, int status, @Nullable String order, long version) {
    requests.add(new Request(BEGAN + at, 8, "a-key", "POST /orders", status, order, version));
    return this;
  }

  Attack row(Table table, @Nullable String inA, @Nullable String inB) {
    rows.add(new Row(table, "another", inA, inB));
    return this;
  }

  Attack fault(Part hurts, long from, long to) {
    faults.add(new Fault("F4", "the broker killed", hurts, BEGAN + from, BEGAN + to, 3));
    return this;
  }

  /** Another B was built, and says of everything what the first one says. */
  Attack builtAgain() {
    knownAgain.addAll(known);
    rows.forEach(row -> rebuilt.add(new Rebuilt(row.table(), row.id(), row.inB(), row.inB())));
    return this;
  }

  Attack withoutFaults() {
    faults.clear();
    return this;
  }

  Attack everyServiceSaysItIsReady() {
    samples.replaceAll(
        one -> new Sample(one.at(), one.committed(), one.published(), one.notified(), Map.of()));
    return this;
  }

  Attack atRestOnly(Predicate<Published> there) {
    atRest = there;
    return this;
  }

  Attack openTransactions(int partitions) {
    rest = Optional.of(new Rest(BEGAN + 100_000, partitions, null, null));
    return this;
  }

  Attack worldFailed(String why) {
    rest = Optional.of(new Rest(BEGAN + 100_000, 0, why, null));
    return this;
  }

  Attack neverReady(String why) {
    rest = Optional.of(new Rest(BEGAN + 100_000, 0, null, why));
    return this;
  }

  Attack cutOff() {
    rest = Optional.empty();
    return this;
  }

  /** Ends before anything happened. */
  public Attack cutOffAtOnce() {
    for (List<?> entries :
        List.of(requests, committed, published, injected, notified, letters, known, rows)) {
      entries.clear();
    }
    faults.clear();
    samples.clear();
    return cutOff();
  }

  /** Has this text in a fault and in a row that differs. */
  public Attack hostile(String text) {
    faults.replaceAll(
        one -> new Fault(text, text, one.hurts(), one.began(), one.ended(), one.inFlight()));
    return row(Table.ORDERS, text, null);
  }

  /** As {@link #ledger()}, of a run with this command. */
  public Ledger ledger(String command) {
    return new Ledger(
        new Run(Run.FORMAT, 7, command, BEGAN, 1, List.of("F4"), LIVENESS),
        requests,
        committed,
        published,
        published.stream().filter(atRest).toList(),
        injected,
        notified,
        letters,
        replayed,
        known,
        rows,
        knownAgain,
        rebuilt,
        newcomer,
        faults,
        samples,
        sizes,
        rest);
  }

  public Ledger ledger() {
    return ledger("./waybill campaign --seed 7");
  }

  /** Writes a ledger into a folder that has none. */
  public static void write(Ledger ledger, Path folder) throws IOException {
    try (LedgerWriter writer = new LedgerWriter(folder, ledger.run())) {
      ledger.requests().forEach(writer::add);
      ledger.committed().forEach(writer::add);
      ledger.published().forEach(writer::add);
      ledger.publishedAtRest().forEach(writer::addAtRest);
      ledger.injected().forEach(writer::add);
      ledger.notified().forEach(writer::add);
      ledger.letters().forEach(writer::add);
      ledger.replayed().forEach(writer::add);
      ledger.known().forEach(writer::add);
      ledger.rows().forEach(writer::add);
      ledger.knownAgain().forEach(writer::addAgain);
      ledger.rebuilt().forEach(writer::add);
      ledger.newcomer().forEach(writer::addNewcomer);
      ledger.faults().forEach(writer::add);
      ledger.samples().forEach(writer::add);
      ledger.sizes().forEach(writer::add);
      ledger.rest().ifPresent(writer::add);
    }
  }
}
