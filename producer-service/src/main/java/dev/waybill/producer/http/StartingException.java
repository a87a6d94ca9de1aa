package dev.waybill.producer.http;

/** The service has not reached its database yet. */
final class StartingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartingException() {
    super("the service is starting: it has not reached its database yet");
  }
}
