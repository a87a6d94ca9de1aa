package dev.waybill.proof.lab.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A ledger that a test makes up. Times are milliseconds after noon. */
public final class Synthetic {
  private static final long NOON = TimeUnit.HOURS.toMicros(12);

  private final String variant;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Committed> committed = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Injected> injected = new ArrayList<>();

  public Synthetic(String variant) {
    this.variant = variant;
  }

  /** With four bookings of two accounts before there were faults, with which all is well. */
  public static Synthetic clean(String variant) {
    return new Synthetic(variant)
        .well(1, "a", 1, 10)
        .well(2, "b", 1, 20)
        .well(3, "a", 2, 30)
        .well(4, "b", 2, 40);
  }

  /** The id of a booking by its number. */
  public static UUID id(int number) {
    return new UUID(0, number);
  }

  public static long at(long millis) {
    return NOON + TimeUnit.MILLISECONDS.toMicros(millis);
  }

  /** Before there were faults: asked, committed 3 ms later, told 2 ms after that. */
  public Synthetic well(int number, String account, long version, long millis) {
    return asked(number, account, millis, 200, 0, Asked.CONTROL)
        .committed(number, account, version, millis + 3)
        .told(number, account, version, millis + 5);
  }

  public Synthetic asked(
      int number, String account, long millis, int status, int seed, String phase) {
    return asked(number, account, millis, 4, status, seed, phase);
  }

  public Synthetic asked(
      int number, String account, long millis, long took, int status, int seed, String phase) {
    asked.add(
        new Asked(
            id(number),
            account,
            at(millis),
            TimeUnit.MILLISECONDS.toMicros(took),
            status,
            status == 200 ? "booked" : "<refused>",
            seed,
            phase));
    return this;
  }

  public Synthetic committed(int number, String account, long version, long millis) {
    committed.add(new Committed(id(number), account, version, at(millis)));
    return this;
  }

  /** In both B's. */
  public Synthetic told(int number, String account, long version, long millis) {
    return told(B.NOT_RECOGNISING, number, account, version, millis)
        .told(B.RECOGNISING, number, account, version, millis);
  }

  public Synthetic told(B b, int number, String account, long version, long millis) {
    told.add(new Told(b, id(number), account, version, at(millis)));
    return this;
  }

  public Synthetic step(String who, int number, String what, long millis) {
    steps.add(new Step(who, at(millis), id(number), what));
    return this;
  }

  public Synthetic killed(String who, long millis) {
    steps.add(new Step(who, at(millis), null, "killed"));
    return this;
  }

  public Synthetic injected(String name, boolean hurtsA, long began, long ended, boolean effect) {
    injected.add(new Injected(1, name, "what is done", hurtsA, at(began), at(ended), effect));
    return this;
  }

  public VariantLedger ledger() {
    return new VariantLedger(variant, "in words", asked, committed, told, steps, injected, "");
  }

  /** A run of nothing else. */
  public static LabLedger run(VariantLedger... variants) {
    return new LabLedger(
        new LabRun("./waybill lab", "a machine", 0, 1, List.of("b-down")), List.of(variants));
  }
}
