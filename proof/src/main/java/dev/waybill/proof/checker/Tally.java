package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Ledger;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What several runs come to. Keeps no ledgers. */
final class Tally {
  private final Set<Long> seeds = new HashSet<>();
  private final List<Recovery> recoveries = new ArrayList<>();
  private int runs;
  private int ofThreeBrokers;
  private int notClean;
  private long faults;
  private long events;

  void add(Ledger ledger, Judgement judgement) {
    runs++;
    seeds.add(ledger.run().seed());
    ofThreeBrokers += ledger.run().brokers() == 3 ? 1 : 0;
    notClean += judgement.clean() ? 0 : 1;
    faults += faults(ledger);
    events += ledger.committed().size();
    recoveries.addAll(judgement.recoveries());
  }

  /** Those that were done to the world, without processes that ended by themselves. */
  static long faults(Ledger ledger) {
    return ledger.faults().stream().filter(fault -> !fault.name().equals(Fault.EXIT)).count();
  }

  boolean clean() {
    return notClean == 0;
  }

  void print(PrintWriter out) {
    out.println(
        String.format(
            Locale.ROOT,
            "\n%,d runs of %,d seeds, %,d of them with three brokers: %,d faults, %,d events; %s.",
            runs,
            seeds.size(),
            ofThreeBrokers,
            faults,
            events,
            clean() ? "nothing was found" : "IT DOES NOT HOLD in " + notClean));
    JudgementText.printRecoveries(recoveries, out);
    out.flush();
  }
}
