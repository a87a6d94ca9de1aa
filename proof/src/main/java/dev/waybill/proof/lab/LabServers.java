package dev.waybill.proof.lab;

import dev.waybill.proof.world.TcpProxy;
import dev.waybill.runtime.Closer;
import dev.waybill.stack.LocalKafka;
import dev.waybill.stack.LocalKafka.Detour;
import dev.waybill.stack.LocalKafka.Node;
import dev.waybill.stack.LocalPostgres;
import dev.waybill.stack.Ports;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.StackServers;
import dev.waybill.stack.registry.LocalRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.Uuid;

/**
 * The servers that all patterns share: PostgreSQL, one broker, a registry. Each pattern reaches
 * them by networks of its own.
 */
final class LabServers implements AutoCloseable {
  private static final Map<String, String> REMEMBERS_COMMITS =
      Map.of("track_commit_timestamp", "on", "max_connections", "300");

  private final Closer closer = new Closer();
  private final Map<Variant, TcpProxy> toKafka = new EnumMap<>(Variant.class);
  private final int postgresPort = Ports.free();
  private final StackServers servers;

  private LabServers(Path folder, List<Variant> variants) {
    try {
      Node node =
          new Node(
              1,
              Ports.free(),
              List.of(Ports.free()),
              Uuid.randomUuid().toString(),
              detours(variants));
      this.servers =
          closer.add(
              StackServers.startAll(
                  () ->
                      LocalPostgres.start(
                          folder.resolve("postgres"), postgresPort, REMEMBERS_COMMITS),
                  () -> kafka(folder, node),
                  () -> LocalRegistry.start(folder.resolve("registry.json"), 0)));
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /**
   * Starts them; blocks until all answer.
   *
   * @throws RuntimeException when one does not start; none is left running
   */
  static LabServers start(Path folder, List<Variant> variants) {
    return new LabServers(folder, variants);
  }

  private List<Detour> detours(List<Variant> variants) {
    List<Detour> detours = new ArrayList<>();
    for (Variant variant : variants) {
      if (variant.has(Variant.Part.KAFKA)) {
        int port = Ports.free();
        TcpProxy proxy = closer.add(new TcpProxy(port));
        toKafka.put(variant, proxy);
        detours.add(new Detour(variant.name(), port, proxy.port()));
      }
    }
    return detours;
  }

  private static LocalKafka kafka(Path folder, Node node) {
    LocalKafka kafka = LocalKafka.begin(folder.resolve("kafka"), node);
    kafka.awaitAnswer();
    return kafka;
  }

  PostgresServer postgres() {
    return servers.postgres();
  }

  int postgresPort() {
    return postgresPort;
  }

  /** For whoever watches. */
  String kafka() {
    return servers.kafka().bootstrapServers();
  }

  String registry() {
    return servers.registry().url();
  }

  /** The network between a pattern and the broker. */
  TcpProxy toKafka(Variant variant) {
    return Objects.requireNonNull(toKafka.get(variant), variant::text);
  }

  /** Has all databases on disk now, so that PostgreSQL stops quickly. */
  void checkpoint() {
    try (Connection connection = postgres().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException failure) {
      throw new IllegalStateException("PostgreSQL cannot be asked", failure);
    }
  }

  @Override
  public void close() {
    closer.close();
  }
}
