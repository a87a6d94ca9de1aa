package dev.waybill.runtime;

import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a service's process: start, wait for SIGTERM, close; or refuse to start. A service
 * that is not live any more is closed, and its process ends: whatever runs it starts it again.
 */
public final class ServiceProcess {
  private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);

  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(1);

  /** The exit status of a start that was refused because of its settings. */
  public static final int REFUSED = 2;

  private ServiceProcess() {}

  /** Builds and starts the service; returns when it does its work, or gives up when interrupted. */
  @FunctionalInterface
  public interface Start {

    /**
     * Starts the service.
     *
     * @throws BadSettingsException when a setting is wrong; nothing is left running
     * @throws Exception when the start fails; nothing is left running
     */
    Service start(Settings settings) throws Exception;
  }

  /**
   * Runs the service until the process is asked to end.
   *
   * @return the exit status: {@link #REFUSED} when a setting was wrong, 1 when the start failed or
   *     the service could not go on, 0 after an orderly end. (After SIGTERM the process
   *     nevertheless ends with 143: the JVM has its status from the signal.)
   */
  public static int run(String name, Start start) {
    Ending ending = new Ending(name, Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(ending, name + "-shutdown"));
    Service service = null;
    try {
      service = start.start(new Settings(System.getenv()));
    } catch (BadSettingsException wrong) {
      log.error("{}: {}", name, wrong.getMessage());
      return REFUSED;
    } catch (Throwable failure) {
      notStarted(name, failure, ending.isAsked() || failure instanceof InterruptedException);
      return 1;
    } finally {
      ending.started(service);
    }
    log.info("{} is running (pid {})", name, ProcessHandle.current().pid());
    try {
      return untilClosed(name, service.health(), ending);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** What a start breaks off with when it is asked to end is no failure, however it says so. */
  private static void notStarted(String name, Throwable failure, boolean asked) {
    if (asked) {
      log.info("{} gave up starting", name);
    } else {
      log.error("{} could not start: {}", name, Causes.of(failure));
    }
    log.debug("where its start ended", failure);
  }

  private static int untilClosed(String name, Health health, Ending ending)
      throws InterruptedException {
    while (!ending.isClosedWithin(LOOKED_AT_EVERY)) {
      Map<String, String> reasons = health.reasonsNotLive();
      if (!reasons.isEmpty()) {
        log.error("{} cannot go on, and its process ends: {}", name, reasons);
        ending.run();
        return 1;
      }
    }
    return 0;
  }
}
