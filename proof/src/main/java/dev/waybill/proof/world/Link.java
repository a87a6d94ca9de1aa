package dev.waybill.proof.world;

import java.util.Locale;

/** From a member to a server that it needs. */
public record Link(Member from, Server to) {

  /** What members need. */
  public enum Server {
    POSTGRES,
    KAFKA,
    REGISTRY
  }

  /** For people. */
  public String text() {
    return from.text() + " and " + to.name().toLowerCase(Locale.ROOT);
  }
}
