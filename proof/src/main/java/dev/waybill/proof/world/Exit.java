package dev.waybill.proof.world;

/**
 * A member's process that ended by itself, and was started again.
 *
 * @param at when that was seen, in milliseconds since 1970
 * @param startedAt when it was started again, likewise
 * @param status that it ended with
 */
public record Exit(Member member, long at, long startedAt, int status) {

  /** For people. */
  public String text() {
    return "%s ended by itself with status %s, and was started again"
        .formatted(member.text(), status);
  }
}
