package dev.waybill.proof.servers;

import dev.waybill.stack.KafkaServer;
import dev.waybill.stack.LocalKafka;
import dev.waybill.stack.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Kafka's own image. */
final class ContainerKafka implements KafkaServer {
  static final String IMAGE = "apache/kafka:4.4.0";

  private static final int CONTROLLER_PORT = 9093;

  private final int port = Ports.free();
  private final ServerContainer server;

  /**
   * The broker listens on the same port inside as it has outside, because it calls itself at the
   * address that it tells to everybody.
   */
  private ContainerKafka(Path folder) {
    this.server =
        ServerContainer.start(
            IMAGE,
            port,
            port,
            environment(),
            new String[0],
            () -> LocalKafka.answers(port),
            folder.resolve("kafka.log"));
  }

  static ContainerKafka start(Path folder) {
    return new ContainerKafka(folder);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.putAll(
        Map.of(
            "KAFKA_PROCESS_ROLES",
            "broker,controller",
            "KAFKA_NODE_ID",
            "1",
            "KAFKA_CONTROLLER_QUORUM_VOTERS",
            "1@localhost:" + CONTROLLER_PORT,
            "KAFKA_CONTROLLER_LISTENER_NAMES",
            "CONTROLLER",
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "KAFKA_INTER_BROKER_LISTENER_NAME",
            "PLAINTEXT",
            "KAFKA_LISTENERS",
            "PLAINTEXT://0.0.0.0:" + port + ",CONTROLLER://0.0.0.0:" + CONTROLLER_PORT,
            "KAFKA_ADVERTISED_LISTENERS",
            "PLAINTEXT://127.0.0.1:" + port));
    environment.putAll(
        Map.of(
            "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
            "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1",
            "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4",
            "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1",
            "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1",
            "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4",
            "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1",
            "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1",
            "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"));
    return environment;
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }
}
