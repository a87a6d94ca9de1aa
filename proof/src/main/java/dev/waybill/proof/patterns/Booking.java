package dev.waybill.proof.patterns;

import java.util.UUID;

/**
 * What B is told: money came to an account, or went.
 *
 * @param version of the account, 1, 2, 3 and so on, given out while its row is locked
 */
public record Booking(UUID id, String account, long version, long amount) {

  /** As it is sent. */
  public String text() {
    return id + " " + account + " " + version + " " + amount;
  }

  /** The opposite of {@link #text}. */
  public static Booking parse(String text) {
    String[] words = text.split(" ", -1);
    return new Booking(
        UUID.fromString(words[0]), words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
  }
}
