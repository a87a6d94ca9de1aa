package dev.waybill.proof.ledger;

import java.util.List;
import java.util.Optional;

/**
 * A run as it was written down, in memory: {@link LedgerWriter} writes it, {@link LedgerReader}
 * reads it. Within each list the order is that of writing.
 *
 * @param knownAgain what another B says of events that was built from the topic at rest
 * @param newcomer what a B has that was built from the compacted topic alone, beside A's
 * @param rest empty when the run was cut off
 */
public record Ledger(
    Run run,
    List<Request> requests,
    List<Committed> committed,
    List<Published> published,
    List<Published> publishedAtRest,
    List<Injected> injected,
    List<Notified> notified,
    List<Letter> letters,
    List<Replayed> replayed,
    List<Known> known,
    List<Row> rows,
    List<Known> knownAgain,
    List<Rebuilt> rebuilt,
    List<Row> newcomer,
    List<Fault> faults,
    List<Sample> samples,
    List<Size> sizes,
    Optional<Rest> rest) {

  public Ledger {
    requests = List.copyOf(requests);
    committed = List.copyOf(committed);
    published = List.copyOf(published);
    publishedAtRest = List.copyOf(publishedAtRest);
    injected = List.copyOf(injected);
    notified = List.copyOf(notified);
    letters = List.copyOf(letters);
    replayed = List.copyOf(replayed);
    known = List.copyOf(known);
    rows = List.copyOf(rows);
    knownAgain = List.copyOf(knownAgain);
    rebuilt = List.copyOf(rebuilt);
    newcomer = List.copyOf(newcomer);
    faults = List.copyOf(faults);
    samples = List.copyOf(samples);
    sizes = List.copyOf(sizes);
  }
}
