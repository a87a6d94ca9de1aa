package dev.waybill.proof.lab.judge;

import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Committed;
import dev.waybill.proof.lab.ledger.Injected;
import dev.waybill.proof.lab.ledger.Step;
import dev.waybill.proof.lab.ledger.Told;
import dev.waybill.proof.lab.ledger.VariantLedger;
import dev.waybill.proof.patterns.Effects;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What became of a booking, in words. */
public final class LifeLine {
  private static final DateTimeFormatter FULL = formatter("HH:mm:ss.SSS");
  private static final DateTimeFormatter SHORT = formatter(".SSS");
  private static final long NEAR = TimeUnit.SECONDS.toMicros(1);
  private static final int LONGEST = 100;

  /** Begun and failed, twice. */
  private static final int CALLS = 4;

  private static final int FAULTS = 2;

  private final VariantLedger ledger;
  private final B b;
  private final UUID id;
  private final List<Moment> moments = new ArrayList<>();

  private record Moment(long at, String what) {}

  private LifeLine(VariantLedger ledger, B b, UUID id) {
    this.ledger = ledger;
    this.b = b;
    this.id = id;
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * In one sentence, such as {@code booking …: asked of A 12:00:01.200; committed .204; call to B
   * begun .205; A killed .206; never told}.
   */
  public static String of(VariantLedger ledger, B b, UUID id) {
    return new LifeLine(ledger, b, id).sentence();
  }

  private String sentence() {
    Optional<Asked> asked =
        ledger.asked().stream().filter(request -> request.id().equals(id)).findFirst();
    Optional<Committed> committed =
        ledger.committed().stream().filter(booking -> booking.id().equals(id)).findFirst();
    asked.ifPresent(this::request);
    committed.ifPresent(booking -> add(booking.at(), "committed"));
    steps();
    boolean told = effects();
    around();
    moments.sort(Comparator.comparingLong(Moment::at));
    return head(asked, committed)
        + ": "
        + String.join("; ", times())
        + (committed.isEmpty() ? "; never committed" : "")
        + (told ? "" : "; never told");
  }

  /**
   * Of calls that fail again and again, the first two and how many more. B's word is the effect.
   */
  private void steps() {
    int calls = 0;
    long last = 0;
    for (Step step : ledger.steps()) {
      if (!id.equals(step.id()) || step.what().equals(Effects.HAPPENED)) {
        continue;
      }
      boolean isCall = step.what().startsWith("call to B");
      calls += isCall ? 1 : 0;
      last = isCall ? step.at() : last;
      if (!isCall || calls <= CALLS) {
        add(step.at(), shortened(step.what()));
      }
    }
    if (calls > CALLS) {
      add(last, "the last of %s calls more".formatted((calls - CALLS + 1) / 2));
    }
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll(" Detail:.*", "");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private void request(Asked request) {
    add(request.at(), "asked of A");
    String answer =
        request.status() == 0
            ? "no answer (" + shortened(request.answer()) + ")"
            : "A answers " + request.status() + " (" + shortened(request.answer()) + ")";
    add(request.at() + request.took(), answer);
  }

  private boolean effects() {
    int count = 0;
    for (Told effect : ledger.told()) {
      if (effect.b() == b && effect.id().equals(id)) {
        count++;
        add(effect.at(), count == 1 ? "effect in B" : "effect in B again, number " + count);
      }
    }
    return count > 0;
  }

  /** What happened to processes meanwhile, and which fault it was. */
  private void around() {
    long begin = moments.stream().mapToLong(Moment::at).min().orElse(0);
    long end = moments.stream().mapToLong(Moment::at).max().orElse(0) + NEAR;
    ledger.steps().stream()
        .filter(step -> step.id() == null && step.at() >= begin && step.at() <= end)
        .forEach(step -> add(step.at(), step.who() + " " + step.what()));
    List<Injected> faults =
        ledger.injected().stream()
            .filter(fault -> fault.began() <= end && fault.ended() >= begin)
            .toList();
    for (Injected fault : faults.subList(0, Math.min(FAULTS, faults.size()))) {
      add(fault.began(), "fault " + fault.name() + " begins");
      add(fault.ended(), fault.name() + " is over");
    }
    if (faults.size() > FAULTS) {
      add(end, "after %s more faults".formatted(faults.size() - FAULTS));
    }
  }

  private String head(Optional<Asked> asked, Optional<Committed> committed) {
    String account = asked.map(Asked::account).orElse("?");
    return "booking %s of account %s%s"
        .formatted(
            id, account, committed.map(booking -> ", version " + booking.version()).orElse(""));
  }

  private void add(long at, String what) {
    moments.add(new Moment(at, what));
  }

  private List<String> times() {
    List<String> words = new ArrayList<>();
    long second = -1;
    for (Moment moment : moments) {
      Instant at = Instant.EPOCH.plus(moment.at, ChronoUnit.MICROS);
      boolean same = at.getEpochSecond() == second;
      second = at.getEpochSecond();
      words.add(moment.what + " " + (same ? SHORT : FULL).format(at));
    }
    return words;
  }
}
