package dev.waybill.console.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * The path from A to B at one moment.
 *
 * @param hops in the order of an event's way
 * @param lanes of the relay
 * @param instances of B
 * @param openLetters -1 when nobody knows
 * @param alerts those that would fire if it stays so
 */
public record Flowing(
    Instant at,
    List<Station> hops,
    List<LaneLine> lanes,
    List<InstanceLine> instances,
    int openLetters,
    List<String> alerts) {

  /** How a hop does. */
  public enum Health {
    /** All is well. */
    FLOWS("✓ flows"),
    /** Something is late. */
    SLOW("… late"),
    /** Nothing moves, or a person is needed. */
    STOPPED("✕ stopped"),
    /** It could not be asked. */
    AWAY("? no answer");

    private final String text;

    Health(String text) {
      this.text = text;
    }

    /** With a sign, so that its colour is not all that tells it. */
    public String text() {
      return text;
    }
  }

  /**
   * A hop.
   *
   * @param rate events a second; negative when nobody knows
   * @param waiting how old the oldest event is that waits here, in seconds; negative for unknown
   * @param cause why it does not flow, in words; empty when it does
   */
  public record Station(String name, Health health, double rate, double waiting, String cause) {}

  /** A lane, and who has it. */
  public record LaneLine(int number, String owner, double lagSeconds, String stuck, int waiting) {}

  /** An instance of B, and what it has. */
  public record InstanceLine(String url, List<Integer> partitions, String notReady) {}

  /** Nothing is known yet. */
  static final Flowing NOTHING =
      new Flowing(Instant.EPOCH, List.of(), List.of(), List.of(), -1, List.of());

  /** Whether anything is known. */
  @JsonProperty
  public boolean isKnown() {
    return !hops.isEmpty();
  }

  /** Whether all is well. */
  @JsonProperty
  public boolean isWell() {
    return isKnown()
        && alerts.isEmpty()
        && hops.stream().allMatch(one -> one.health() == Health.FLOWS);
  }
}
