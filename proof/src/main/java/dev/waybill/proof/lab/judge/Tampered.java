package dev.waybill.proof.lab.judge;

import dev.waybill.proof.Names;
import dev.waybill.proof.lab.ledger.Committed;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.Told;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Ledgers that are wrong: a run with one of them has to be found out. */
public enum Tampered {
  /** It has forgotten an effect in fifty. */
  FORGETS_EFFECTS,
  /** It has forgotten a commit in fifty. */
  FORGETS_COMMITS,
  /** It has an effect in fifty twice. */
  DOUBLES_EFFECTS,
  /** It has effects in the opposite order. */
  TURNS_AROUND;

  private static final int EVERY = 50;

  /** As the command line has it. */
  public String text() {
    return Names.of(this);
  }

  public LabLedger of(LabLedger ledger) {
    return new LabLedger(ledger.run(), ledger.variants().stream().map(this::of).toList());
  }

  private VariantLedger of(VariantLedger variant) {
    List<Committed> committed = new ArrayList<>(variant.committed());
    List<Told> told = new ArrayList<>(variant.told());
    switch (this) {
      case FORGETS_EFFECTS -> told.removeIf(effect -> isOneInFifty(effect.version()));
      case FORGETS_COMMITS -> committed.removeIf(booking -> isOneInFifty(booking.version()));
      case DOUBLES_EFFECTS ->
          variant.told().stream()
              .filter(effect -> isOneInFifty(effect.version()))
              .forEach(told::add);
      case TURNS_AROUND -> Collections.reverse(told);
    }
    return new VariantLedger(
        variant.variant(),
        variant.words(),
        variant.asked(),
        committed,
        told,
        variant.steps(),
        variant.injected(),
        variant.failed());
  }

  private static boolean isOneInFifty(long number) {
    return number % EVERY == 1;
  }
}
