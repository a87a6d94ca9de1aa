package dev.waybill.stack;

import dev.waybill.runtime.Closer;
import dev.waybill.stack.registry.LocalRegistry;
import dev.waybill.stack.registry.RegistryServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that the services need, all of which answer. */
public record StackServers(PostgresServer postgres, KafkaServer kafka, RegistryServer registry)
    implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StackServers.class);

  /**
   * Starts those that come from Maven artifacts, with their data in the layout's folder and on its
   * ports.
   *
   * @param postgresSettings lines of PostgreSQL's configuration
   */
  public static StackServers embedded(StackLayout layout, Map<String, String> postgresSettings) {
    Path data = layout.folder();
    return startAll(
        () -> LocalPostgres.start(data.resolve("postgres"), layout.postgres(), postgresSettings),
        () -> LocalKafka.start(data.resolve("kafka"), layout.kafka()),
        () -> LocalRegistry.start(data.resolve("registry.json"), layout.registry()));
  }

  /**
   * Starts the three at the same time; blocks until all answer.
   *
   * @throws RuntimeException when one does not start; none is left running
   */
  public static StackServers startAll(
      Supplier<PostgresServer> postgres,
      Supplier<KafkaServer> kafka,
      Supplier<RegistryServer> registry) {
    var postgresStarting = CompletableFuture.supplyAsync(postgres);
    var kafkaStarting = CompletableFuture.supplyAsync(kafka);
    var registryStarting = CompletableFuture.supplyAsync(registry);
    try {
      return new StackServers(
          postgresStarting.join(), kafkaStarting.join(), registryStarting.join());
    } catch (RuntimeException failure) {
      closeIfItStarts(registryStarting);
      closeIfItStarts(kafkaStarting);
      closeIfItStarts(postgresStarting);
      throw failure;
    }
  }

  private static void closeIfItStarts(CompletableFuture<? extends AutoCloseable> starting) {
    try (Closer closer = new Closer()) {
      closer.add(starting.join());
    } catch (RuntimeException itDidNot) {
      log.debug("not started, so not closed", itDidNot);
    }
  }

  /** Stops all of them, in reverse order. */
  @Override
  public void close() {
    try (Closer closer = new Closer()) {
      closer.add(postgres);
      closer.add(kafka);
      closer.add(registry);
    }
  }
}
