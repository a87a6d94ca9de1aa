package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndingTest {

  @Test
  void closesWhatRuns() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    Ending ending = new Ending("service", Thread.currentThread());
    ending.started(service(() -> closed.set(true)));

    ending.run();

    assertThat(ending.isClosedWithin(Duration.ZERO)).isTrue();
    assertThat(closed).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void interruptsAStartThatIsWaitingAndWaitsUntilItGaveUp() throws Exception {
    AtomicBoolean gaveUp = new AtomicBoolean();
    Ending[] ending = new Ending[1];
    Thread starter =
        new Thread(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException asked) {
                gaveUp.set(true);
              }
              ending[0].started(null);
            });
    ending[0] = new Ending("service", starter);
    starter.start();

    ending[0].run();

    assertThat(gaveUp).isTrue();
    starter.join();
  }

  @Test
  void closesAServiceWhoseStartWentOnInSpiteOfTheInterrupt() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    Ending[] ending = new Ending[1];
    Thread starter =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                Thread.onSpinWait();
              }
              ending[0].started(service(() -> closed.set(true)));
            });
    ending[0] = new Ending("service", starter);
    starter.start();

    ending[0].run();

    assertThat(closed).isTrue();
    starter.join();
  }

  @Test
  void closesOnceWhoeverAsks() {
    AtomicInteger closed = new AtomicInteger();
    Ending ending = new Ending("service", Thread.currentThread());
    ending.started(service(closed::incrementAndGet));

    ending.run();
    ending.run();

    assertThat(closed).hasValue(1);
  }

  @Test
  void closesNothingWhenTheStartFailed() {
    Ending ending = new Ending("service", Thread.currentThread());
    ending.started(null);

    ending.run();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static Service service(Runnable close) {
    return new Service() {
      @Override
      public Health health() {
        return new Health();
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
