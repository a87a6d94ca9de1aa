package dev.waybill.proof.ledger;

/** What was given is no ledger, or one of another format. Says in words which, and where. */
public final class UnreadableLedgerException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableLedgerException(String message) {
    super(message);
  }
}
