package dev.waybill.relay;

import dev.waybill.relay.prune.CommittedCursors;
import dev.waybill.relay.prune.Prune;
import dev.waybill.relay.source.PrunedOutbox;
import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
public final class PruneCommand extends RelayCommand {
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

  /** With the environment of this process. */
  public PruneCommand() {
    this(System.getenv());
  }

  /** With an environment. */
  public PruneCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  String words(Exception failure) {
    return "prune ended early, and may be run again: " + failure.getMessage();
  }

  @Override
  int run(Settings settings, PrintWriter out, PrintWriter err)
      throws SQLException, InterruptedException {
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
