package dev.waybill.runtime;

/**
 * Where a service listens.
 *
 * @param host the interface to bind
 * @param port 0 to 65535; 0 is any free port
 */
public record HttpAddress(String host, int port) {

  /** Reads {@code HTTP_HOST} (default 0.0.0.0) and {@code HTTP_PORT}. */
  public static HttpAddress from(Settings settings, int defaultPort) {
    return from(settings, "0.0.0.0", defaultPort);
  }

  /**
   * Reads {@code HTTP_HOST} and {@code HTTP_PORT}, of a service that does not listen everywhere.
   */
  public static HttpAddress from(Settings settings, String defaultHost, int defaultPort) {
    return new HttpAddress(
        settings.text("HTTP_HOST", defaultHost),
        settings.integer("HTTP_PORT", defaultPort, 0, 65535));
  }
}
