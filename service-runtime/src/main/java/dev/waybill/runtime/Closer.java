package dev.waybill.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what a composition root opened, in reverse order, once. A part that fails to close is
 * logged and does not keep the others open. Thread-safe.
 */
public final class Closer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closer.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Adds what is to be closed before everything that was added earlier. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    open.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception failure) {
        log.warn("{} did not close cleanly; going on with the rest", part, failure);
      }
    }
  }
}
