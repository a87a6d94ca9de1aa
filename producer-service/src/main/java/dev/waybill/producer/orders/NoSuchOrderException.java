package dev.waybill.producer.orders;

import java.util.UUID;

/** There is no such order: there never was, or it was erased; nothing was written. */
public final class NoSuchOrderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSuchOrderException(UUID id) {
    super("there is no order " + id);
  }
}
