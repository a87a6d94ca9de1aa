package dev.waybill.proof.lab.ledger;

/** Which B. */
public enum B {
  /** One that takes each word for a new one. */
  NOT_RECOGNISING("no"),
  /** One that recognises what it was told already. */
  RECOGNISING("yes");

  private final String text;

  B(String text) {
    this.text = text;
  }

  /** Whether it recognises, for people. */
  public String text() {
    return text;
  }
}
