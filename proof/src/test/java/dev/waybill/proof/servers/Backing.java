package dev.waybill.proof.servers;

import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackServers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/**
 * What the servers of the tests are, for the whole run: {@code -Dwaybill.servers=embedded}, which
 * is the default, or {@code containers}.
 */
enum Backing {
  /** PostgreSQL and Kafka from Maven artifacts, and the local stack's own registry. */
  EMBEDDED {
    @Override
    StackServers start(Path folder) {
      return StackServers.embedded(
          StackLayout.onFreePorts(folder), Map.of("max_prepared_transactions", "10"));
    }

    @Override
    String whyNot() {
      return "";
    }
  },

  /** The images that people run, on the machine's Docker engine. */
  CONTAINERS {
    @Override
    StackServers start(Path folder) {
      return StackServers.startAll(
          () -> ContainerPostgres.start(folder),
          () -> ContainerKafka.start(folder),
          () -> ContainerRegistry.start(folder));
    }

    @Override
    String whyNot() {
      return DockerClientFactory.instance().isDockerAvailable()
          ? ""
          : "no Docker engine for "
              + String.join(
                  ", ", ContainerPostgres.IMAGE, ContainerKafka.IMAGE, ContainerRegistry.IMAGE);
    }
  };

  static final Backing CHOSEN =
      valueOf(System.getProperty("waybill.servers", "embedded").toUpperCase(Locale.ROOT));

  /** Whether a run without its servers is a failure: {@code -Dwaybill.servers.required=true}. */
  static final boolean REQUIRED = Boolean.getBoolean("waybill.servers.required");

  /** Starts servers of this kind; blocks until all answer. */
  abstract StackServers start(Path folder);

  /** Empty, or why servers of this kind cannot be had on this machine. */
  abstract String whyNot();
}
