package dev.waybill.proof.demo;

import dev.waybill.proof.systems.AppliedEvent;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the data says, line by line. */
record Verdict(List<Check> checks) {

  static Verdict of(Evidence data) {
    List<Check> checks = new ArrayList<>();
    inA(data, checks);
    inTopic(data, checks);
    inB(data, checks);
    compared(data, checks);
    latency(data, checks);
    return new Verdict(checks);
  }

  private static void inA(Evidence data, List<Check> checks) {
    checks.add(Check.told("changes acknowledged by A", data.acknowledgedChanges()));
    checks.add(
        Check.equal("events committed in A", data.committed().size(), data.acknowledgedChanges()));
  }

  private static void inTopic(Evidence data, List<Check> checks) {
    var ids = data.committed().keySet();
    int lost = data.published().missing(ids).size();
    int injected = data.litter().copies() + data.litter().conflicts();
    checks.add(Check.told("distinct events in the topic", ids.size() - lost));
    checks.add(Check.equal("  lost before the topic", lost, 0));
    checks.add(
        Check.equal(
            "  repeated by the relay (read_committed)",
            data.published().repeated(ids) - injected,
            0));
    checks.add(Check.equal("  out of order within an order", data.published().outOfOrder(), 0));
    checks.add(Check.told("duplicates put into the topic by the demo", data.litter().copies()));
  }

  private static void inB(Evidence data, List<Check> checks) {
    long applied = data.applied().values().stream().filter(AppliedEvent::applied).count();
    checks.add(Check.told("events applied in B", applied));
    checks.add(Check.equal("  LOST", data.committed().size() - applied, 0));
    checks.add(Check.equal("  DOUBLED", doubled(data), 0));
    checks.add(
        Check.equal(
            "  added to customers' totals", data.eventsInTotals(), data.committed().size()));
    checks.add(Check.equal("  notifications missing", notNotified(data), 0));
    checks.add(
        Check.equal(
            "  duplicates dropped",
            data.applied().values().stream().mapToLong(AppliedEvent::duplicates).sum(),
            data.litter().copies()));
    checks.add(
        Check.equal("dead letters", data.deadLetters(), data.litter().expectedDeadLetters()));
  }

  /** Events that took effect more than once: every further notification is one. */
  private static long doubled(Evidence data) {
    return data.notifications().values().stream().mapToLong(count -> count - 1).sum();
  }

  private static long notNotified(Evidence data) {
    return data.committed().entrySet().stream()
        .filter(event -> !event.getValue().tombstone())
        .filter(event -> !data.notifications().containsKey(event.getKey()))
        .count();
  }

  private static void compared(Evidence data, List<Check> checks) {
    checks.add(Check.told("orders in A", data.ordersInA().size()));
    checks.add(
        Check.equal(
            "  orders that are different in B", different(data.ordersInA(), data.ordersInB()), 0));
    checks.add(Check.told("customers in A", data.totalsInA().size()));
    checks.add(
        Check.equal(
            "  totals that are different in B", different(data.totalsInA(), data.totalsInB()), 0));
  }

  private static long different(Map<String, String> inA, Map<String, String> inB) {
    long changed =
        inA.entrySet().stream()
            .filter(one -> !Objects.equals(one.getValue(), inB.get(one.getKey())))
            .count();
    return changed + inB.keySet().stream().filter(id -> !inA.containsKey(id)).count();
  }

  private static void latency(Evidence data, List<Check> checks) {
    Times times = Times.of(data);
    checks.add(
        Check.told(
            "from A's transaction to B's effect, outages apart", times.of(Times.Span::isQuiet)));
    checks.add(Check.told("  outages included", times.of(span -> true)));
    data.outages()
        .forEach(
            outage ->
                checks.add(
                    Check.told(
                        "  " + outage.service() + ", killed, and started again",
                        times.recovery(outage))));
  }

  boolean holds() {
    return checks.stream().allMatch(Check::holds);
  }

  void print(PrintWriter out) {
    out.println("\nThe verdict, from the data of PostgreSQL, Kafka and B's stores:\n");
    checks.forEach(
        check ->
            out.printf("  %s %-54s %s%n", check.holds() ? " " : "✗", check.name(), check.value()));
    out.println(
        holds()
            ? "\nIt holds: nothing was lost, nothing was doubled."
            : "\nIT DOES NOT HOLD: see the lines marked ✗.");
    out.flush();
  }
}
