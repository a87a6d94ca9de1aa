package dev.waybill.producer;

import dev.waybill.producer.database.Connections;
import dev.waybill.producer.database.DatabaseSettings;
import dev.waybill.producer.database.DatabaseStart;
import dev.waybill.producer.database.Grants;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.ServiceProcess;
import dev.waybill.runtime.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code producer-service migrate}: for a service whose own role may not create tables. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the tables to this version's state, and ends.",
      "DATABASE_USER owns them then. Without this, the service does it when it starts."
    },
    footer = "Exit status: 0 done, 1 failed, 2 wrong settings or options.")
final class MigrateCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(MigrateCommand.class);

  @Option(
      names = "--writer",
      paramLabel = "ROLE",
      description = "Let this role run the service: write orders, append events.")
  private @Nullable String writer;

  @Option(
      names = "--reader",
      paramLabel = "ROLE",
      description = "Let this role run the relay: read the outbox.")
  private @Nullable String reader;

  @Option(
      names = "--console",
      paramLabel = "ROLE",
      description = "Let this role run the console: read orders and events.")
  private @Nullable String console;

  private final Settings environment;

  MigrateCommand() {
    this(new Settings(System.getenv()));
  }

  MigrateCommand(Settings environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      DatabaseSettings settings = DatabaseSettings.from(environment);
      environment.verify();
      migrate(settings);
      return 0;
    } catch (BadSettingsException wrong) {
      log.error("migrate: {}", wrong.getMessage());
      return ServiceProcess.REFUSED;
    } catch (SQLException | RuntimeException failure) {
      log.error("the database was not migrated", failure);
      return 1;
    }
  }

  private void migrate(DatabaseSettings settings) throws SQLException, InterruptedException {
    DataSource owner = Connections.direct(settings, Duration.ZERO);
    DatabaseStart database = new DatabaseStart(owner);
    database.await(settings.startWait());
    database.migrate();
    Grants grants = new Grants(owner);
    if (writer != null) {
      grants.toWriter(writer);
      log.info("{} may write orders and append events", writer);
    }
    if (reader != null) {
      grants.toReader(reader);
      log.info("{} may read the outbox", reader);
    }
    if (console != null) {
      grants.toConsole(console);
      log.info("{} may read orders and events", console);
    }
  }
}
