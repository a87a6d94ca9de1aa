package dev.waybill.console.systems;

import dev.waybill.runtime.Secrets;

/** A system that could not be asked; what the others answer can still be shown. */
public final class AwayException extends RuntimeException {
  private final String system;
  private final String why;

  /**
   * Without secrets.
   *
   * @param system as people call it, such as {@code A's database}
   * @param why in words
   */
  public AwayException(String system, String why) {
    super(Secrets.hide(system + ": " + why));
    this.system = system;
    this.why = Secrets.hide(why);
  }

  /** As people call it. */
  public String system() {
    return system;
  }

  /** In words, without its name. */
  public String why() {
    return why;
  }
}
