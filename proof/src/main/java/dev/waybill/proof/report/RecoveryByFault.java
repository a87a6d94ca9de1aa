package dev.waybill.proof.report;

import dev.waybill.proof.checker.Recovery;
import dev.waybill.proof.ledger.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recoveries, looked up. */
final class RecoveryByFault {
  private final Map<Fault, Recovery> recoveries = new HashMap<>();

  RecoveryByFault(List<Recovery> recoveries) {
    recoveries.forEach(recovery -> this.recoveries.put(recovery.fault(), recovery));
  }

  /** Empty for a fault that kept nobody from work. */
  Optional<Recovery> of(Fault fault) {
    return Optional.ofNullable(recoveries.get(fault));
  }
}
