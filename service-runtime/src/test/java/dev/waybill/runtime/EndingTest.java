package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndingTest {

  @Test
  void closesWhatRuns() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    Ending ending = new Ending("service", Thread.currentThread());
    ending.started(() -> closed.set(true));

    ending.run();

    ending.awaitClosed();
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
              ending[0].started(() -> closed.set(true));
            });
    ending[0] = new Ending("service", starter);
    starter.start();

    ending[0].run();

    assertThat(closed).isTrue();
    starter.join();
  }

  @Test
  void closesNothingWhenTheStartFailed() {
    Ending ending = new Ending("service", Thread.currentThread());
    ending.started(null);

    ending.run();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
