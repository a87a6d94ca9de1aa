package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Request;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * I13. A request fails only while A or its database is hurt, or for {@value #GRACE_MILLIS} ms
 * after. The remark tells how slow A was while something behind it was hurt and while nothing was;
 * that is not judged, because all of it runs on one machine.
 */
final class AIsFree {
  private static final long GRACE_MILLIS = 5_000;

  private AIsFree() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.A_IS_FREE, facts);
    List<Fault> faults = facts.ledger().faults();
    List<Request> requests = facts.ledger().requests();
    Spans hurt = Spans.of(faults, fault -> fault.hurts() == Part.A, GRACE_MILLIS);
    for (Request request : requests) {
      boolean failed = request.status() == 0 || request.status() >= 500;
      if (failed && !hurt.overlap(request.at(), request.at() + request.tookMillis())) {
        findings.add(
            "%s, key %s, sent at %s: %s after %s"
                .formatted(
                    request.call(),
                    request.key(),
                    facts.at(request.at()),
                    request.status() == 0 ? "no answer" : "status " + request.status(),
                    Seconds.of(request.tookMillis())));
      }
    }
    Spans behind = Spans.of(faults, fault -> fault.hurts() == Part.BEHIND, 0);
    boolean any = requests.stream().anyMatch(sentIn(behind));
    return any
        ? findings.judged(requests.size(), slowness(requests, behind, faults))
        : findings.judgedOrElse(
            false, requests.size(), "no request was sent while something behind A was hurt");
  }

  private static String slowness(List<Request> requests, Spans behind, List<Fault> faults) {
    Spans any = Spans.of(faults, fault -> fault.hurts() != Part.NOBODY, 0);
    return "p99 %s while something behind A was hurt, %s while nothing was"
        .formatted(p99(requests, sentIn(behind)), p99(requests, sentIn(any).negate()));
  }

  private static Predicate<Request> sentIn(Spans spans) {
    return request -> spans.overlap(request.at(), request.at());
  }

  private static String p99(List<Request> requests, Predicate<Request> which) {
    long[] took = requests.stream().filter(which).mapToLong(Request::tookMillis).sorted().toArray();
    return took.length == 0
        ? "unknown"
        : String.format(Locale.ROOT, "%d ms", took[(int) (took.length * 0.99)]);
  }
}
