package dev.waybill.relay;

import dev.waybill.relay.lane.QuarantineRefusedException;
import dev.waybill.relay.topic.DeadLetters;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code outbox-relay quarantine}: lets one event pass. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = {
      "Lets the event pass for which an aggregate waits: it is never published, becomes a dead"
          + " letter, and the events behind it go on.",
      "It may run beside the relay, be ended at any time and be run again."
    },
    footer = {
      "%nThe environment is the relay's.",
      "Exit status: 0 done, now or before; 1 failed; 2 wrong settings, topics or options."
    })
public final class QuarantineCommand extends RelayCommand {
  private static final int LONGEST_REASON = 1_000;

  @Option(
      names = "--event",
      paramLabel = "EVENT-ID",
      required = true,
      description = "Which, as readiness and the log of the relay name it.")
  private UUID event = new UUID(0, 0);

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for whoever reads the dead letter; up to 1,000 characters.")
  private String reason = "";

  /** With the environment of this process. */
  public QuarantineCommand() {
    this(System.getenv());
  }

  /** With an environment. */
  public QuarantineCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  String words(Exception failure) {
    return "not known to be done; run it again, it will tell: " + failure;
  }

  @Override
  int run(Settings settings, PrintWriter out, PrintWriter err)
      throws SQLException, InterruptedException {
    RelaySettings relay = RelaySettings.from(settings);
    refuseUselessReason();
    try {
      boolean now = letPass(relay);
      out.printf(
          "event %s is quarantined%s; topic %s has the dead letter%n",
          event, now ? "" : " already", relay.deadLetterTopic());
      return 0;
    } catch (QuarantineRefusedException refusal) {
      err.println(refusal.getMessage());
      return 1;
    }
  }

  private void refuseUselessReason() {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new BadSettingsException(
          List.of("--reason: must have 1 to %s characters".formatted(LONGEST_REASON)));
    }
  }

  private boolean letPass(RelaySettings relay) throws SQLException, InterruptedException {
    DeadLetters.Verdict verdict =
        new DeadLetters.Verdict(reason, System.getProperty("user.name", ""), Instant.now());
    return relay.quarantine(relay.database().open(), topics(relay)).letPass(event, verdict);
  }
}
