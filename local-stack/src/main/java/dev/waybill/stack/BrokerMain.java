package dev.waybill.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's process: formats the data folder when it is new, then runs Kafka's own main. */
final class BrokerMain {
  /** Not Kafka's: the cluster that a folder is formatted for. */
  static final String CLUSTER_ID = "waybill.cluster.id";

  private BrokerMain() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    Properties properties = new Properties();
    try (var bytes = Files.newInputStream(file)) {
      properties.load(bytes);
    }
    if (!Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
      String clusterId = properties.getProperty(CLUSTER_ID, Uuid.randomUuid().toString());
      StorageTool.execute(
          new String[] {"format", "--cluster-id", clusterId, "--config", file.toString()},
          System.err);
    }
    Kafka.main(new String[] {file.toString()});
  }
}
