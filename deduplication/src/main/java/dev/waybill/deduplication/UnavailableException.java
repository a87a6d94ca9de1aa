package dev.waybill.deduplication;

/**
 * Something that a record needs is away, such as a registry or a database. Nothing is wrong with
 * the record: its transaction is aborted, and it is tried again until it works. For an {@link
 * EventFormat}, and for processors behind a {@link Deduplication}.
 */
public final class UnavailableException extends RuntimeException {
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
