package dev.waybill.relay;

import dev.waybill.runtime.ServiceProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The relay's command line. */
@Command(
    name = "outbox-relay",
    mixinStandardHelpOptions = true,
    subcommands = {
      LanesCommand.class,
      QuarantineCommand.class,
      PruneCommand.class,
      DeleteCursorCommand.class
    },
    version = "outbox-relay 0.1.0",
    description = "Moves committed outbox rows to Kafka, in order and once.",
    footerHeading = "%nEnvironment (durations such as 500ms, 30s, 7d):%n",
    footer = {
      "  DATABASE_URL                    jdbc:postgresql://localhost:5432/orders",
      "  DATABASE_USER                   postgres",
      "  DATABASE_PASSWORD               none",
      "  KAFKA_BOOTSTRAP_SERVERS         localhost:9092",
      "  KAFKA_CLIENT_<PROPERTY>         any Kafka client property, e.g. _SECURITY_PROTOCOL",
      "  SCHEMA_REGISTRY_URL             http://localhost:8090",
      "  SCHEMA_REGISTRY_USER_INFO       none (user:password)",
      "  OUTBOX_SCHEMA                   none; needed where several schemas have an outbox",
      "  RELAY_NAME                      waybill; one for each outbox",
      "  RELAY_INSTANCE                  this machine's name and HTTP's port; of each instance its"
          + " own",
      "  RELAY_SESSION_TIMEOUT           6s",
      "  RELAY_TOPIC                     orders.events",
      "  RELAY_CURSOR_TOPIC              waybill.cursors",
      "  RELAY_DEAD_LETTER_TOPIC         waybill.dead-letters",
      "  RELAY_SOURCE                    /waybill/orders",
      "  RELAY_TOPIC_PARTITIONS          6",
      "  RELAY_TOPIC_REPLICATION_FACTOR  -1, the broker's default",
      "  RELAY_COMPACTION_LAG            7d",
      "  RELAY_PAGE_ROWS                 5000",
      "  RELAY_PAGE_BYTES                8388608",
      "  RELAY_POLL_INTERVAL_MAX         20ms",
      "  RELAY_REWIND                    24h",
      "  RELAY_STUCK_AFTER               30s",
      "  RELAY_ACTION_TOKEN              none; lets who has it POST /quarantine",
      "  HTTP_HOST, HTTP_PORT            0.0.0.0, 8081: /lanes, /health/live, /health/ready,"
          + " /metrics",
      "  LOG_LEVEL, LOG_LEVEL_KAFKA      INFO, WARN",
      "Exit status: 143 ended by SIGTERM, 1 failed, 2 wrong settings or topics."
    })
public final class OutboxRelay implements Callable<Integer> {

  public static void main(String[] args) {
    System.exit(new CommandLine(new OutboxRelay()).execute(args));
  }

  @Override
  public Integer call() {
    return ServiceProcess.run("outbox-relay", settings -> Relay.start(settings));
  }
}
