package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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
