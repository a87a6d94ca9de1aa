package dev.waybill.runtime.transactions;

/**
 * A transaction is open in a partition though its coordinator has none, and how it ended cannot be
 * told. Nobody will end it but a person; the lane stays before it.
 */
public final class HangingTransactionException extends RuntimeException {
  HangingTransactionException(String message) {
    super(message);
  }
}
