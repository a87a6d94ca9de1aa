package dev.waybill.producer;

import dev.waybill.producer.load.LoadCommand;
import dev.waybill.runtime.ServiceProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** System A's command line. */
@Command(
    name = "producer-service",
    mixinStandardHelpOptions = true,
    subcommands = {LoadCommand.class, MigrateCommand.class, RestoredCommand.class},
    version = "producer-service 0.1.0",
    description = "Takes orders over HTTP; each change is one transaction with its outbox row.",
    footerHeading = "%nEnvironment (durations such as 500ms, 30s, 7d):%n",
    footer = {
      "  DATABASE_URL                jdbc:postgresql://localhost:5432/orders",
      "  DATABASE_USER               postgres",
      "  DATABASE_PASSWORD           none",
      "  DATABASE_POOL_SIZE          10",
      "  DATABASE_POOL_WAIT          2s",
      "  DATABASE_LOCK_TIMEOUT       2s",
      "  DATABASE_STATEMENT_TIMEOUT  5s",
      "  DATABASE_START_WAIT         1m",
      "  IDEMPOTENCY_RETENTION       24h",
      "  HTTP_HOST, HTTP_PORT        0.0.0.0, 8080: the API, /health/live, /health/ready, /metrics",
      "  LOG_LEVEL                   INFO",
      "Exit status: 143 ended by SIGTERM, 1 failed, 2 wrong settings."
    })
public final class ProducerService implements Callable<Integer> {

  public static void main(String[] args) {
    System.exit(new CommandLine(new ProducerService()).execute(args));
  }

  @Override
  public Integer call() {
    return ServiceProcess.run("producer-service", Producer::start);
  }
}
