package dev.waybill.producer.idempotency;

/** The key belongs to another request; nothing was written. */
public final class KeyReusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyReusedException(String key) {
    super("the key " + key + " was used for a request with another method, path or body");
  }
}
