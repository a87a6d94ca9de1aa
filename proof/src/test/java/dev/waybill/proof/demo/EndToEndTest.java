package dev.waybill.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.Servers;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three services as processes of their own on real servers, killed with SIGKILL in between, as
 * in the demo but smaller.
 */
@ExtendWith(Servers.class)
final class EndToEndTest {
  private static final long SEED = 20261124;

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void nothingIsLostAndNothingIsDoubledWhileServicesAreKilled() throws Exception {
    StringWriter log = new StringWriter();
    Display display = new Display(new PrintWriter(log), false);
    try (LocalStack stack =
            LocalStack.start(
                Servers.another(folder), StackLayout.onFreePorts(folder), display::say);
        Demo demo = new Demo(stack, display, 50, 400, SEED)) {
      Verdict verdict = Verdict.of(demo.run());

      assertThat(verdict.checks()).as("%s", log).allMatch(Check::holds);
      assertThat(verdict.checks())
          .contains(Check.equal("  DOUBLED", 0, 0))
          .anySatisfy(
              check -> {
                assertThat(check.name()).isEqualTo("changes acknowledged by A");
                assertThat(Integer.parseInt(check.value())).isGreaterThanOrEqualTo(400);
              });
      assertThat(log.toString()).contains("killed with SIGKILL", "events copied in the topic");
    }
  }
}
