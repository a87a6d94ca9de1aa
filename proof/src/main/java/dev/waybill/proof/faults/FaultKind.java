package dev.waybill.proof.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of faults, by the names that people give on the command line. */
@SuppressWarnings("ImmutableEnumChecker") // what it has is never changed
public enum FaultKind {
  F1("A, a relay, or B is killed with SIGKILL", true, Processes::kill),
  F2(
      "a relay or B stands still for longer than its session, and goes on: a zombie",
      true,
      Processes::freeze),
  F3(
      "the network between a member and a server is cut, still, slow, or loses answers",
      true,
      Network::fail),
  F4("the broker is killed, or shut down in order", true, Servers::stopKafka),
  F5(
      "PostgreSQL restarts, ends sessions, or has a transaction that stays open",
      true,
      Servers::disturbPostgres),
  F6("B's state is deleted", true, Processes::deleteState),
  F8("copies of events, and contradictions to them", false, Records::copy),
  F9("poison in the topic", false, Records::poison),
  F10("the registry is away", true, Servers::stopRegistry),
  F11(
      "an operator restarts services in turn, or changes the number of lanes",
      false,
      Operators::act);

  private final String text;
  private final boolean lasts;
  private final Drawing drawing;

  /** Makes an attack of a kind. */
  @FunctionalInterface
  private interface Drawing {
    AttackDraft draw(Draw draw);
  }

  FaultKind(String text, boolean lasts, Drawing drawing) {
    this.text = text;
    this.lasts = lasts;
    this.drawing = drawing;
  }

  /** What it does, for people. */
  public String text() {
    return text;
  }

  /**
   * Whether another one can begin meanwhile; else it is over at once, and needs a world that works.
   */
  boolean lasts() {
    return lasts;
  }

  Attack draw(Draw draw, Duration after) {
    return drawing.draw(draw).named(name(), after);
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
