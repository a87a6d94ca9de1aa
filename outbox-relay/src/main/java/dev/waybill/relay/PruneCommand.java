package dev.waybill.relay;

import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.prune.CommittedCursors;
import dev.waybill.relay.prune.Prune;
import dev.waybill.relay.source.OutboxUnreadableException;
import dev.waybill.relay.source.PrunedOutbox;
import dev.waybill.relay.source.StandbyException;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Secrets;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outbox-relay prune}: the one that deletes, with a role of its own. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes rows that are published and old enough, and says what holds the others.",
      "It may run beside the relay, be ended at any time and be run again."
    },
    footer = {
      "%nThe environment is the relay's, and:",
      "  PRUNE_DATABASE_URL       DATABASE_URL",
      "  PRUNE_DATABASE_USER      DATABASE_USER; needs SELECT and DELETE on outbox_event",
      "  PRUNE_DATABASE_PASSWORD  DATABASE_PASSWORD, when PRUNE_DATABASE_USER is not set",
      "Exit status: 0 done, 1 failed (run it again), 2 wrong settings or options."
    })
public final class PruneCommand implements Callable<Integer> {
  private static final Duration DEFAULT_AGE = Duration.ofDays(7);

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description =
          "Rows that occurred later stay, such as 36h or 30d. Not less than RELAY_REWIND."
              + " Default: 7d, or RELAY_REWIND where that is more.")
  private @Nullable String olderThan;

  @Option(names = "--dry-run", description = "Only say what would be deleted.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  /** With the environment of this process. */
  public PruneCommand() {
    this(System.getenv());
  }

  /** With an environment. */
  public PruneCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Settings settings = new Settings(environment);
      RelaySettings relay = RelaySettings.from(settings);
      RelaySettings.Database database = relay.database().pruning(settings);
      settings.verify();
      Duration age = age(relay.rewind());
      try (PrunedOutbox outbox = PrunedOutbox.open(database.open());
          CommittedCursors cursors =
              new CommittedCursors(relay.name(), relay.cursorTopic(), relay.kafka())) {
        new Prune(outbox, cursors, out, Clock.systemUTC()).run(age, relay.rewind(), !dryRun);
      }
      return 0;
    } catch (BadSettingsException wrong) {
      err.println(wrong.getMessage());
      return ServiceProcess.REFUSED;
    } catch (SQLException
        | KafkaException
        | OutboxUnreadableException
        | StandbyException
        | UnreadableCursorException failure) {
      err.println(Secrets.hide("prune ended early, and may be run again: " + failure.getMessage()));
      return 1;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private Duration age(Duration rewind) {
    Duration least = rewind.compareTo(DEFAULT_AGE) > 0 ? rewind : DEFAULT_AGE;
    if (olderThan == null) {
      return least;
    }
    Settings option = new Settings(Map.of("--older-than", olderThan));
    Duration age = option.duration("--older-than", least, Duration.ZERO, Duration.ofDays(36_500));
    if (age.compareTo(rewind) < 0) {
      option.reject(
          "--older-than=%s is less than RELAY_REWIND (%s): a lane could not go back so far"
              .formatted(olderThan, rewind));
    }
    option.verify();
    return age;
  }
}
