package dev.waybill.proof.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of faults, by the names that people give on the command line, whose help says what each
 * does.
 */
@SuppressWarnings("ImmutableEnumChecker") // what it has is never changed
public enum FaultKind {
  F1(true, Processes::kill),
  F2(true, Processes::freeze),
  F3(true, Network::fail),
  F4(true, Servers::stopKafka),
  F5(true, Databases::disturb),
  F6(true, State::spoil),
  F7(true, WrongClocks::jump),
  F8(false, Records::copy),
  F9(false, Records::poison),
  F10(true, Servers::disturbRegistry),
  F11(false, Pruning::actOrPrune),
  F12;

  private final boolean lasts;
  private final @Nullable Drawing drawing;

  /** Makes an attack of a kind. */
  @FunctionalInterface
  private interface Drawing {
    AttackDraft draw(Draw draw);
  }

  FaultKind(boolean lasts, Drawing drawing) {
    this.lasts = lasts;
    this.drawing = drawing;
  }

  /** Done once, when everything else is over: no schedule has it. */
  FaultKind() {
    this.lasts = false;
    this.drawing = null;
  }

  /** All but those that come at the end. */
  public static List<FaultKind> drawn() {
    return Arrays.stream(values()).filter(FaultKind::isDrawn).toList();
  }

  boolean isDrawn() {
    return drawing != null;
  }

  /**
   * Whether another one can begin meanwhile; else it is over at once, and needs a world that works.
   */
  boolean lasts() {
    return lasts;
  }

  Attack draw(Draw draw, Duration after) {
    return Objects.requireNonNull(drawing).draw(draw).named(name(), after);
  }

  /**
   * The kinds of these names.
   *
   * @throws IllegalArgumentException naming those that are none
   */
  public static List<FaultKind> of(List<String> names) {
    List<String> unknown =
        names.stream()
            .filter(name -> Arrays.stream(values()).noneMatch(kind -> kind.isCalled(name)))
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no fault %s; there are %s"
              .formatted(String.join(", ", unknown), Arrays.toString(values())));
    }
    return Arrays.stream(values()).filter(kind -> names.stream().anyMatch(kind::isCalled)).toList();
  }

  private boolean isCalled(String name) {
    return name.strip().toUpperCase(Locale.ROOT).equals(name());
  }
}
