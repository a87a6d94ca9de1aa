package dev.waybill.consumer;

import dev.waybill.consumer.replay.ReplayCommand;
import dev.waybill.runtime.ServiceProcess;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The consumer's command line. */
@Command(
    name = "consumer-service",
    mixinStandardHelpOptions = true,
    version = "consumer-service 0.1.0",
    description = "System B: applies each event of the orders once, and answers what it knows.",
    subcommands = ReplayCommand.class,
    footerHeading = "%nEnvironment (durations such as 500ms, 30s, 7d):%n",
    footer = {
      "  KAFKA_BOOTSTRAP_SERVERS         localhost:9092",
      "  KAFKA_CLIENT_<PROPERTY>         any Kafka client property, e.g. _SECURITY_PROTOCOL",
      "  SCHEMA_REGISTRY_URL             http://localhost:8090",
      "  CONSUMER_VALUE_DESERIALIZER     dev.waybill.registry.AvroDeserializer",
      "  CONSUMER_VALUE_DESERIALIZER_<PROPERTY>  what another class takes; __ is a dash",
      "  SCHEMA_REGISTRY_USER_INFO       none (user:password)",
      "  CONSUMER_APPLICATION_ID         waybill-consumer; another one reads all from the start",
      "  CONSUMER_INSTANCE               this machine's name and HTTP's port; of each instance its own",
      "  CONSUMER_TOPIC                  orders.events",
      "  CONSUMER_DEAD_LETTER_TOPIC      orders.events.dead-letters",
      "  CONSUMER_REPLAY_TOPIC           CONSUMER_TOPIC and .replays",
      "  CONSUMER_CHECK_PARTITIONS       true; false for producers with a partitioner of their own",
      "  CONSUMER_DEAD_LETTER_RETENTION  30d, when the topic is created",
      "  CONSUMER_NOTIFICATION_TOPIC     customer.notifications",
      "  CONSUMER_ID_RETENTION           7d",
      "  CONSUMER_THREADS                2",
      "  CONSUMER_COMMIT_INTERVAL        100ms",
      "  CONSUMER_SESSION_TIMEOUT        6s",
      "  CONSUMER_STATE_DIR              waybill-consumer in the directory of temporary files",
      "  CONSUMER_REPLICATION_FACTOR     -1, the broker's default",
      "  CONSUMER_STANDBY_REPLICAS       0",
      "  CONSUMER_STORE_CACHE_BYTES      67108864",
      "  CONSUMER_ROCKSDB_BYTES          268435456",
      "  CONSUMER_ADVERTISED_ADDRESS     host:port for other instances; default: as HTTP listens",
      "  CONSUMER_STUCK_AFTER            30s",
      "  HTTP_HOST, HTTP_PORT            0.0.0.0, 8082: queries, /health/*, /metrics",
      "  LOG_LEVEL, LOG_LEVEL_KAFKA      INFO, WARN",
      "Exit status: 143 ended by SIGTERM, 1 failed, 2 wrong settings or topics."
    })
public final class ConsumerService implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ConsumerService.class);

  public static void main(String[] args) {
    System.exit(new CommandLine(new ConsumerService()).execute(args));
  }

  @Override
  public Integer call() {
    Thread.setDefaultUncaughtExceptionHandler(ConsumerService::died);
    return ServiceProcess.run("consumer-service", Consumer::start);
  }

  /** A stream thread that dies was replaced, and its failure was said, when it gets here. */
  private static void died(Thread thread, Throwable failure) {
    if (thread.getName().contains("-StreamThread-")) {
      log.debug("{} ended", thread.getName(), failure);
    } else {
      log.error("{} ended", thread.getName(), failure);
    }
  }
}
