package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.BufferedReader;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceProcessTest {

  @Test
  void serviceThatCannotGoOnIsClosedAndItsProcessEndsWithOne() {
    AtomicBoolean closed = new AtomicBoolean();
    Health health = new Health();
    health.liveUnless("streams", () -> Optional.of("failed five times"));
    Service service =
        new Service() {
          @Override
          public Health health() {
            return health;
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThat(ServiceProcess.run("service", settings -> service)).isEqualTo(1);
    assertThat(closed).isTrue();
  }

  @Test
  void wrongSettingsAreRefusedWithTwo() {
    assertThat(
            ServiceProcess.run(
                "service",
                settings -> {
                  settings.reject("A=b: must be c");
                  settings.verify();
                  throw new AssertionError("not reached");
                }))
        .isEqualTo(ServiceProcess.REFUSED);
  }

  @Test
  void failedStartIsOneLineWithItsCauses() {
    List<ILoggingEvent> said =
        Said.by(
            ServiceProcess.class,
            () ->
                ServiceProcess.run(
                    "service",
                    settings -> {
                      throw new IllegalStateException("port taken", new BindException("in use"));
                    }));

    assertThat(said)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFormattedMessage())
                  .isEqualTo("service could not start: port taken: in use");
              assertThat(line.getThrowableProxy()).isNull();
            });
  }

  @Test
  void startThatBreaksOffBecauseOfSigtermIsNoFailure() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Starting.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("starting");
      process.toHandle().destroy(); // Which leaves its output to be read.
      assertThat(output.lines().toList())
          .anyMatch(line -> line.contains("service gave up starting"))
          .noneMatch(line -> line.contains("could not start") || line.contains("\tat "));
    }
    assertThat(process.waitFor()).isEqualTo(143);
  }

  /** A service whose start never ends by itself, and hides that it was interrupted. */
  static final class Starting {
    private Starting() {}

    public static void main(String[] args) {
      System.exit(
          ServiceProcess.run(
              "service",
              settings -> {
                System.out.println("starting");
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException asked) {
                  throw new IllegalStateException("broke off", asked);
                }
                throw new AssertionError("not reached");
              }));
    }
  }

  @Test
  void errorWhileStartingIsSaidAndEndsWithOne() {
    assertThat(
            ServiceProcess.run(
                "service",
                settings -> {
                  throw new UnsatisfiedLinkError("no rocksdbjni");
                }))
        .isEqualTo(1);
  }
}
