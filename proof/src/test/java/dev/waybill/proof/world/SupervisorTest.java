package dev.waybill.proof.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.stack.StackService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {
  private final BlockingQueue<Exit> exits = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  /** A service that ends at once. */
  static final class Ends {
    private Ends() {}

    public static void main(String[] arguments) {
      System.exit(3);
    }
  }

  private StackService service(Member member) {
    return new StackService(member.text(), Ends.class, 1, Map.of(), folder);
  }

  @Test
  void startsWhatEndedByItselfAndNothingElse() throws InterruptedException {
    try (StackService ends = service(Member.B_1);
        StackService left = service(Member.RELAY_1);
        StackService stopped = service(Member.RELAY_2);
        Supervisor supervisor =
            new Supervisor(
                Map.of(
                    Member.B_1,
                    ends,
                    Member.RELAY_1,
                    left,
                    Member.RELAY_2,
                    stopped,
                    Member.B_2,
                    service(Member.B_2)),
                member -> List.of())) {
      List.of(ends, left, stopped).forEach(StackService::start);
      supervisor.leave(Member.RELAY_1);
      stopped.kill();
      supervisor.begin(exits::add);

      for (int times = 0; times < 2; times++) {
        Exit exit = exits.poll(60, TimeUnit.SECONDS);
        assertThat(exit).isNotNull();
        assertThat(exit.member()).isEqualTo(Member.B_1);
        assertThat(exit.status()).isEqualTo(3);
        assertThat(exit.startedAt() - exit.at()).isGreaterThanOrEqualTo(1_000);
      }

      supervisor.release(Member.RELAY_1);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> exits.stream().anyMatch(exit -> exit.member() == Member.RELAY_1));
      assertThat(stopped.isAlive()).isFalse();
      assertThat(exits).noneMatch(exit -> exit.member() == Member.RELAY_2);
    }
  }
}
