package dev.waybill.runtime.transactions;

/** A transaction of somebody else holds back what has to be read, and will end by itself. */
public final class OpenTransactionException extends RuntimeException {
  OpenTransactionException(String message) {
    super(message);
  }
}
