package dev.waybill.producer;

import dev.waybill.producer.database.Connections;
import dev.waybill.producer.database.DatabaseSettings;
import dev.waybill.producer.database.DatabaseStart;
import dev.waybill.producer.orders.OrderVersions;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Secrets;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code producer-service restored}: so that no version is given out that B has seen. */
@Command(
    name = "restored",
    mixinStandardHelpOptions = true,
    description = {
      "Raises the versions of all orders, after the database was restored from a backup.",
      "Orders changed after the backup; those versions are lost here and known to B, for",
      "which an event with one of them is a dead letter, VERSION_TAKEN. Run this before the service starts again.",
      "Once more does no harm: versions are only higher then. They may have gaps."
    },
    footer = {
      "%nThe environment is the service's: DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD,",
      "DATABASE_START_WAIT.",
      "Exit status: 0 done, 1 failed (run it again), 2 wrong settings or options."
    })
final class RestoredCommand implements Callable<Integer> {
  /** B takes no erasure that is more than ten times as far ahead. */
  private static final long MOST = 100_000;

  @Option(
      names = "--by",
      defaultValue = "1000",
      paramLabel = "VERSIONS",
      description =
          "More than any order changed since the backup. From 1 to 100000."
              + " Default: ${DEFAULT-VALUE}.")
  private long by;

  @Option(names = "--dry-run", description = "Only say what would be raised.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Settings environment;

  RestoredCommand() {
    this(new Settings(System.getenv()));
  }

  RestoredCommand(Settings environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (by < 1 || by > MOST) {
      throw new ParameterException(spec.commandLine(), "--by must be from 1 to " + MOST);
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      DatabaseSettings settings = DatabaseSettings.from(environment);
      environment.verify();
      raise(settings, spec.commandLine().getOut());
      return 0;
    } catch (BadSettingsException wrong) {
      err.println(wrong.getMessage());
      return ServiceProcess.REFUSED;
    } catch (SQLException | DataAccessException failure) {
      err.println(
          Secrets.hide(
              "the versions may not be raised yet; run it again: " + failure.getMessage()));
      return 1;
    } finally {
      err.flush();
    }
  }

  private void raise(DatabaseSettings settings, PrintWriter out)
      throws SQLException, InterruptedException {
    DataSource database = Connections.direct(settings, Duration.ZERO);
    new DatabaseStart(database).await(settings.startWait());
    OrderVersions versions = new OrderVersions(DSL.using(database, SQLDialect.POSTGRES));
    OrderVersions.Range before = versions.range();
    if (dryRun) {
      out.printf(
          "would raise the versions of %s orders, now from %s to %s, by %s%n",
          before.orders(), before.lowest(), before.highest(), by);
    } else {
      out.printf("raised the versions of %s orders by %s%n", versions.raise(by), by);
    }
    out.flush();
  }
}
