package dev.waybill.runtime;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a service's process: start, wait for SIGTERM, close; or refuse to start. */
public final class ServiceProcess {
  private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);

  /** The exit status of a start that was refused because of its settings. */
  public static final int REFUSED = 2;

  private ServiceProcess() {}

  /** Builds and starts the service; returns when it does its work. */
  @FunctionalInterface
  public interface Start {

    /**
     * Starts the service.
     *
     * @return what {@code close} stops again, completely and in an orderly way
     * @throws BadSettingsException when a setting is wrong; nothing is left running
     * @throws Exception when the start fails; nothing is left running
     */
    AutoCloseable start(Settings settings) throws Exception;
  }

  /**
   * Runs the service until the process is asked to end.
   *
   * @return the exit status: 0 after an orderly end, {@link #REFUSED} when a setting was wrong, 1
   *     when the start failed
   */
  public static int run(String name, Start start) {
    CountDownLatch closed = new CountDownLatch(1);
    try {
      AutoCloseable service = start.start(new Settings(System.getenv()));
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> close(name, service, closed), name + "-shutdown"));
      log.info("{} is running (pid {})", name, ProcessHandle.current().pid());
      closed.await();
      return 0;
    } catch (BadSettingsException wrong) {
      log.error("{}: {}", name, wrong.getMessage());
      return REFUSED;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (Exception failure) {
      log.error("{} could not start", name, failure);
      return 1;
    }
  }

  private static void close(String name, AutoCloseable service, CountDownLatch closed) {
    log.info("{} is stopping", name);
    try {
      service.close();
      log.info("{} stopped", name);
    } catch (Exception failure) {
      log.error("{} did not stop cleanly", name, failure);
    } finally {
      closed.countDown();
    }
  }
}
