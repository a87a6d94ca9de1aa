package dev.waybill.consumer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReplayCommandTest {
  @Test
  void commandWantsToBeToldWhichLetters() {
    StringWriter usage = new StringWriter();
    CommandLine command = new CommandLine(new ReplayCommand()).setErr(new PrintWriter(usage));

    assertThat(command.execute()).isEqualTo(2);
    assertThat(usage.toString()).contains("--event-id");
  }
}
