package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.servers.Servers;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.schemas.cli.SchemaCommand;
import dev.waybill.stack.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./waybill schema register} and {@code verify} on a real registry. */
@ExtendWith(Servers.class)
final class SchemaCommandsTest {
  private static final String PARCEL =
      """
      {"type": "record", "name": "Parcel", "namespace": "com.example.%s", "fields": [
        {"name": "id", "type": "string"}%s
      ]}
      """;
  private static final String WEIGHT =
      ", {\"name\": \"weight\", \"type\": [\"null\", \"int\"], \"default\": null}";

  @TempDir Path folder;
  private final String name = Servers.newName();
  private final String subject = name + "-value";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void onceReleased() throws IOException {
    write(PARCEL.formatted(name, ""));
    assertThat(run("release", subject)).isZero();
  }

  @Test
  void releasedVersionsAreRegisteredInOrderAtTheLevelOfTheirSubject() throws IOException {
    assertThat(atRegistry("verify")).isEqualTo(1);
    assertThat(out.toString()).contains("DIFFERENT", "the registry lacks version 1");

    assertThat(atRegistry("register")).isZero();
    assertThat(out.toString()).contains(subject + ", FULL_TRANSITIVE: version 1 has id ");
    assertThat(atRegistry("verify")).isZero();

    write(PARCEL.formatted(name, WEIGHT));
    assertThat(atRegistry("verify")).as("what is not released is not asked for").isZero();
    run("release", subject);
    assertThat(atRegistry("verify")).isEqualTo(1);
    assertThat(out.toString()).contains("the registry lacks version 2");
    assertThat(atRegistry("register")).isZero();
    assertThat(atRegistry("register")).as("a second time").isZero();
    assertThat(atRegistry("verify")).isZero();
  }

  @Test
  void whatSomebodyElseDidInTheRegistryIsFound() throws Exception {
    atRegistry("register");
    RegistryHttp.register(subject, PARCEL.formatted(name, WEIGHT));
    RegistryHttp.setLevel(subject, "BACKWARD");

    assertThat(atRegistry("verify")).isEqualTo(1);

    assertThat(out.toString())
        .contains(
            "the registry's version 2 was never released",
            "the registry's level is BACKWARD, not FULL_TRANSITIVE");
  }

  @Test
  void registryThatRejectsAVersionIsQuoted() throws Exception {
    RegistryHttp.register(
        subject, PARCEL.formatted(name, ", {\"name\": \"size\", \"type\": \"int\"}"));

    assertThat(atRegistry("register")).isEqualTo(1);

    assertThat(err.toString())
        .contains("the registry rejects the schema for subject " + subject, "size");
  }

  @Test
  void registryThatIsAwayAndAddressThatIsNoneAreSaid() {
    assertThat(run("verify", "--registry", "http://127.0.0.1:" + Ports.free())).isEqualTo(1);
    assertThat(err.toString()).contains("the schema registry does not answer");

    assertThat(run("register", "--registry", "localhost")).isEqualTo(2);
    assertThat(err.toString()).contains("--registry: not an http or https address");
  }

  /** What producer and relay will look for is what was registered: the same id. */
  @Test
  void generatedClassHasTheSchemaOfItsFile() throws IOException {
    Path orders = Path.of("../schemas/src/main/avro/orders.events-value/schema.avsc");
    write(Files.readString(orders));
    Files.delete(folder.resolve(subject).resolve("released/1.avsc"));
    Files.delete(folder.resolve(subject).resolve("released/checksums"));
    run("release", subject);
    assertThat(atRegistry("register")).isZero();

    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of(Servers.registry().url()))) {
      int id = registry.lookUp(subject, OrderEvent.getClassSchema());
      assertThat(out.toString()).contains("version 1 has id " + id);
    }
  }

  private int atRegistry(String command) {
    return run(command, "--registry", Servers.registry().url());
  }

  private int run(String command, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line =
        new CommandLine(new SchemaCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 3];
    arguments[0] = command;
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = "--dir";
    arguments[options.length + 2] = folder.toString();
    return line.execute(arguments);
  }

  private void write(String schema) throws IOException {
    Path file = folder.resolve(subject).resolve("schema.avsc");
    Files.createDirectories(file.getParent());
    Files.writeString(file, schema);
  }
}
