package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final long HELD_UP_NANOS = 200_000_000L;

  /** One event in 100 takes 200 ms, and the ones due meanwhile must show it. */
  @Test
  void eventsThatWereDueDuringAHoldUpAreNotLeftOut() throws Exception {
    Schedule schedule = new Schedule(300, 1_000);
    AtomicInteger written = new AtomicInteger();

    schedule.run(
        new Schedule.Opener() {
          @Override
          public int writers() {
            return 1;
          }

          @Override
          public Schedule.Writer open() {
            return new HeldUp(written);
          }
        });

    assertThat(written).hasValue(300);
    for (int event = 1; event < 300; event++) {
      assertThat(schedule.begunNanos(event)).isGreaterThanOrEqualTo(schedule.doneNanos(event - 1));
    }
    assertThat(schedule.begunNanos(101) - schedule.dueNanos(101)).isGreaterThan(HELD_UP_NANOS / 2);
  }

  private record HeldUp(AtomicInteger written) implements Schedule.Writer {
    @Override
    public void write(int event) {
      written.incrementAndGet();
      long end = System.nanoTime() + (event == 100 ? HELD_UP_NANOS : 0);
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }

    @Override
    public void close() {}
  }
}
