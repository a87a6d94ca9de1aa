package dev.waybill.proof.lab.process;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.proof.patterns.Steps;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a process of the lab is told by its environment.
 *
 * @param variant the pattern as the command line has it
 * @param signals the folder of its steps
 * @param database the URL of its database
 * @param b where B is called
 * @param topic of the queue, or of the relay's events
 */
public record Place(
    String variant, Path signals, String database, URI b, String kafka, String topic) {
  /**
   * A transaction that waits for longer fails. In a commit {@code statement_timeout} does not
   * count.
   */
  private static final String LOCK_TIMEOUT_MILLIS = "1500";

  /** Sooner than that. */
  private static final String DEADLOCK_TIMEOUT_MILLIS = "700";

  private static final int CONNECTIONS = 10;
  private static final long POOL_WAIT_MILLIS = 3_000;

  /** Where recognised effects go, where they go to Kafka. */
  public String effects() {
    return topic + ".effects";
  }

  /** Where goes what B cannot use. */
  public String deadLetters() {
    return topic + ".dead-letters";
  }

  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("LAB_VARIANT", variant);
    environment.put("LAB_SIGNALS", signals.toString());
    environment.put("LAB_DATABASE", database);
    environment.put("LAB_B", b.toString());
    environment.put("LAB_KAFKA", kafka);
    environment.put("LAB_TOPIC", topic);
    environment.put("LOG_LEVEL", "WARN");
    return environment;
  }

  static Place here() {
    return new Place(
        variable("LAB_VARIANT"),
        Path.of(variable("LAB_SIGNALS")),
        variable("LAB_DATABASE"),
        URI.create(variable("LAB_B")),
        variable("LAB_KAFKA"),
        variable("LAB_TOPIC"));
  }

  static int port() {
    return Integer.parseInt(variable("HTTP_PORT"));
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }

  Steps steps() throws IOException {
    return Steps.open(signals);
  }

  HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database);
    config.setUsername("postgres");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(POOL_WAIT_MILLIS);
    config.addDataSourceProperty(
        "options",
        "-c lock_timeout="
            + LOCK_TIMEOUT_MILLIS
            + " -c deadlock_timeout="
            + DEADLOCK_TIMEOUT_MILLIS);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "5");
    return new HikariDataSource(config);
  }
}
