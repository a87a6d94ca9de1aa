package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The lines of a comparison, each with both sides.
 *
 * @param relays the relay's turns, as many as the peer's
 * @param peer its name
 */
record PeerReport(List<PeerTurn> relays, List<PeerTurn> peers, String peer) {
  private static final String NAME = "peer";

  List<Result> results() {
    List<Result> all = new ArrayList<>();
    all.add(line("start of the process to the first event", "ms", one -> one.start().millis()));
    drained(all, "just started", 7, one -> one.start().cold());
    drained(all, "warmed up", 10, one -> one.start().warm());
    traffic(all, "500 events/s", 1, PeerTurn::slow);
    traffic(all, "2,000 events/s", 0.5, PeerTurn::fast);
    return all;
  }

  private void drained(
      List<Result> all, String how, int target, Function<PeerTurn, RelayRun.Drain> of) {
    String what = "drain, " + how;
    all.add(line(what, "events/s", one -> of.apply(one).perSecond()).against(Target.ratio(target)));
    String cpu = what + ", CPU for 1,000 events";
    all.add(line(cpu, "ms", one -> of.apply(one).millis(of.apply(one).use().mover())));
    all.add(
        line(cpu + ", broker", "ms", one -> of.apply(one).millis(of.apply(one).use().broker())));
    all.add(
        line(
            cpu + ", PostgreSQL",
            "ms",
            one -> of.apply(one).millis(of.apply(one).use().postgres())));
  }

  private void traffic(
      List<Result> all, String rate, double target, Function<PeerTurn, Traffic> of) {
    for (double share : new double[] {0.5, 0.99}) {
      String what = (share == 0.5 ? "p50" : "p99") + " commit to reader at " + rate;
      all.add(
          line(what, "ms", one -> Percentiles.of(of.apply(one).latencies().toReader(), share))
              .against(Target.below(target, "")));
    }
    all.add(cpu("CPU at " + rate, of, Use::mover));
    all.add(cpu("CPU of the broker at " + rate, of, Use::broker));
    all.add(cpu("CPU of PostgreSQL, writers included, at " + rate, of, Use::postgres));
    all.add(
        Result.of(
            NAME,
            "Kafka transactions at " + rate,
            Use.median(relays.stream().map(one -> of.apply(one).use()).toList()).commitsPerSecond(),
            "tx/s"));
  }

  private Result cpu(String what, Function<PeerTurn, Traffic> of, ToDoubleFunction<Use> process) {
    return line(
        what,
        "%",
        one -> {
          Use use = of.apply(one).use();
          return use.ofCore(process.applyAsDouble(use));
        });
  }

  private Result line(String what, String unit, ToDoubleFunction<PeerTurn> number) {
    Compared sides =
        Compared.of(
            relays.stream().mapToDouble(number).boxed().toList(),
            peers.stream().mapToDouble(number).boxed().toList());
    return Result.of(NAME, what, sides, unit, peer);
  }
}
