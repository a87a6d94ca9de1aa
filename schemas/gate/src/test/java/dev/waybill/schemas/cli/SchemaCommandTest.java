package dev.waybill.schemas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands on a folder of schemas, as a person runs them. */
final class SchemaCommandTest {
  private static final String PARCEL =
      """
      {"type": "record", "name": "com.example.Parcel", "fields": [
        {"name": "id", "type": "string"}%s
      ]}
      """;
  private static final String WEIGHT =
      """
      ,
        {"name": "weight", "type": ["null", "int"], "default": null}""";
  private static final String SIZE =
      """
      ,
        {"name": "size", "type": "int"}""";

  private static final String DECIMAL =
      """
      ,
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9},
         "default": "%s", "doc": "%s"}""";

  private static final String NO_REGISTRY = "http://127.0.0.1:1";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void oneSubject() throws IOException {
    write("parcels-value/schema.avsc", PARCEL.formatted(""));
  }

  @Test
  void changeIsCheckedDescribedAndReleased() throws IOException {
    assertThat(run("list")).isZero();
    assertThat(said()).contains("parcels-value", "FULL_TRANSITIVE", "never released");
    assertThat(run("release", "parcels-value")).isZero();
    assertThat(said()).contains("released version 1");

    write("parcels-value/schema.avsc", PARCEL.formatted(WEIGHT));
    assertThat(run("check")).isZero();
    assertThat(said())
        .isEqualTo(
            "passes  parcels-value, FULL_TRANSITIVE: changed since version 1, compatible with"
                + " version 1\n");
    assertThat(run("diff", "parcels-value")).isZero();
    assertThat(said())
        .isEqualTo(
            """
            parcels-value: version 1 -> the working schema

              + weight is new: null or int, the default null

            the working schema reads events of version 1: yes
            version 1 reads events of the working schema: yes
            """);
    assertThat(run("release", "parcels-value")).isZero();
    assertThat(said()).contains("released version 2");
    assertThat(read("parcels-value/released/2.avsc")).isEqualTo(PARCEL.formatted(WEIGHT));
    assertThat(run("diff", "parcels-value", "2", "1")).isZero();
    assertThat(said()).contains("- weight is gone: it was null or int, with the default null");
  }

  @Test
  void whatBreaksIsNeitherCheckedNorReleased() throws IOException {
    run("release", "parcels-value");
    write("parcels-value/schema.avsc", PARCEL.formatted(SIZE));
    said();

    assertThat(run("check", "parcels-value")).isEqualTo(1);
    assertThat(said())
        .isEqualTo(
            """
            FAILS   parcels-value, FULL_TRANSITIVE: changed since version 1, not compatible with version 1

              `size` has no default, and older events lack the field
                instead   add a default to `size`
                breaks    the new schema on events of version 1
                at        parcels-value/schema.avsc, /fields/1
                rule      FIELD_WITHOUT_DEFAULT
            """);
    assertThat(run("release", "parcels-value")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("waybill: nothing was released\n");
    assertThat(folder.resolve("parcels-value/released/2.avsc")).doesNotExist();
  }

  @Test
  void levelOfOneSubjectIsItsOwn() throws IOException {
    run("release", "parcels-value");
    write("parcels-value/schema.avsc", PARCEL.formatted(SIZE));
    write("compatibility.properties", "default = BACKWARD\nparcels-value = FORWARD\n");

    assertThat(run("check")).isZero();

    write("compatibility.properties", "default = BACKWARD\n");
    assertThat(run("check")).isEqualTo(1);
  }

  @Test
  void everythingThatIsWrongWithTheLevelsIsNamedAtOnce() throws IOException {
    write("compatibility.properties", "default = SIDEWAYS\nparcel-value = FULL\n");

    assertThat(run("check")).isEqualTo(2);

    assertThat(err.toString())
        .contains("default = SIDEWAYS is not one of NONE, BACKWARD", "no subject parcel-value");
  }

  @Test
  void releasedVersionIsNeverChanged() throws IOException {
    run("release", "parcels-value");
    write("parcels-value/released/1.avsc", PARCEL.formatted("") + " ");
    said();

    assertThat(run("check")).isEqualTo(1);
    assertThat(said()).contains("released/1.avsc is not what was released", "RELEASE_CHANGED");

    Files.delete(folder.resolve("parcels-value/released/1.avsc"));
    assertThat(run("check")).isEqualTo(1);
    assertThat(said()).contains("released/1.avsc is gone");
  }

  @Test
  void versionThatNobodyReleasedIsNotTaken() throws IOException {
    run("release", "parcels-value");
    write("parcels-value/released/3.avsc", PARCEL.formatted(""));
    said();

    assertThat(run("check")).isEqualTo(1);
    assertThat(said())
        .contains("released/2.avsc is gone", "released/3.avsc was not written by a release");
  }

  @Test
  void documentationAloneIsTold() throws IOException {
    run("release", "parcels-value");
    write(
        "parcels-value/schema.avsc",
        PARCEL.formatted("").replace("\"string\"", "\"string\", \"doc\": \"ours\""));
    said();

    assertThat(run("check")).isZero();
    assertThat(said()).contains("only documentation changed since version 1");
    assertThat(run("diff", "parcels-value")).isZero();
    assertThat(said()).contains("~ id has another doc");
  }

  @Test
  void fieldThatCameAfterAnotherWentIsNoRenaming() throws IOException {
    for (String fields : List.of(WEIGHT, "", WEIGHT.replace("weight", "mass"))) {
      write("parcels-value/schema.avsc", PARCEL.formatted(fields));
      assertThat(run("release", "parcels-value")).isZero();
    }
    said();

    assertThat(run("diff", "parcels-value", "1", "3")).isZero();

    assertThat(said()).contains("version 3 reads events of version 1: yes");
    assertThat(run("diff", "parcels-value", "3", "1")).isZero();
    assertThat(said()).contains("version 1 reads events of version 3: yes");
  }

  @Test
  void releaseOfWhatHasNotChangedIsRefused() {
    run("release", "parcels-value");

    assertThat(run("release", "parcels-value")).isEqualTo(1);
    assertThat(err.toString()).contains("has not changed since its last version");
  }

  @Test
  void programsGetJson() throws IOException {
    run("release", "parcels-value");
    write("parcels-value/schema.avsc", PARCEL.formatted(SIZE));
    said();

    assertThat(run("check", "--json")).isEqualTo(1);
    JsonNode checked = JsonMapper.builder().build().readTree(said());
    assertThat(checked.path("passes").asBoolean(true)).isFalse();
    JsonNode problem = checked.at("/subjects/0/problems/0");
    assertThat(problem.path("rule").asText()).isEqualTo("FIELD_WITHOUT_DEFAULT");
    assertThat(problem.path("path").asText()).isEqualTo("size");
    assertThat(problem.path("pointer").asText()).isEqualTo("/fields/1");
    assertThat(problem.at("/backward/0").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check nothing", "release nothing", "diff nothing", "list --dir nowhere"})
  void whatIsNotThereIsNamed(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString()).startsWith("waybill: ").containsAnyOf("nothing", "nowhere");
  }

  @Test
  void schemaThatNobodyWouldCheckIsNamed() throws IOException {
    write("parcels-value/schema2.avsc", PARCEL.formatted(""));
    write("parcels.avsc", PARCEL.formatted(""));

    assertThat(run("check")).isEqualTo(2);

    assertThat(err.toString()).contains("schema2.avsc is neither", "parcels.avsc is neither");
  }

  @Test
  void whatEditorsAndSystemsHideIsNoSchema() throws IOException {
    write("parcels-value/schema.avsc", PARCEL.formatted(DECIMAL.formatted("", "old")));
    run("release", "parcels-value");
    write("parcels-value/._schema.avsc", "\0\5\26\7");
    write("parcels-value/released/._1.avsc", "\0\5\26\7");
    write("parcels-value/schema.avsc~", "{");
    Files.createSymbolicLink(
        folder.resolve("parcels-value/.#schema.avsc"), Path.of("somebody@somewhere.1234"));

    assertThat(run("check")).isZero();
  }

  @Test
  void changeThatChangesNothingToAReaderIsDescribed() throws IOException {
    write("parcels-value/schema.avsc", PARCEL.formatted(DECIMAL.formatted("", "old")));
    run("release", "parcels-value");
    write("parcels-value/schema.avsc", PARCEL.formatted(DECIMAL.formatted("", "new")));
    said();

    assertThat(run("check")).isZero();
    assertThat(said()).contains("only documentation changed since version 1");

    write("parcels-value/schema.avsc", PARCEL.formatted(DECIMAL.formatted("\\u0001", "old")));
    run("diff", "parcels-value");
    assertThat(said())
        .contains("~ price has the default \"\\u0001\", had the default \"\"")
        .doesNotContain("doc");
  }

  /** The registry would not answer: it is not asked. */
  @Test
  void storeIsCheckedAndReleasedAndNoRegistryIsTold() throws IOException {
    Files.delete(folder.resolve("parcels-value/schema.avsc"));
    Files.delete(folder.resolve("parcels-value"));
    write("parcels-store/schema.avsc", PARCEL.formatted(""));
    assertThat(run("release", "parcels-store")).isZero();
    assertThat(said()).contains("released version 1").doesNotContain("registry");

    assertThat(run("register", "--registry", NO_REGISTRY)).isZero();
    assertThat(run("verify", "--registry", NO_REGISTRY)).isZero();
    assertThat(run("register", "parcels-store", "--registry", NO_REGISTRY)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("waybill: parcels-store is a store's: no registry has it\n");
    said();

    write("parcels-store/schema.avsc", PARCEL.formatted(SIZE));
    assertThat(run("check")).isEqualTo(1);
    assertThat(said()).contains("FAILS   parcels-store", "`size` has no default");
  }

  /** So that a program can go back to one that reads the next version and does not write it. */
  @Test
  void versionMayBeReleasedBeforeItIsWritten() throws IOException {
    write("compatibility.properties", "default = BACKWARD_TRANSITIVE\n");
    run("release", "parcels-value");
    write("parcels-value/schema.avsc", PARCEL.formatted(WEIGHT));
    run("release", "parcels-value");
    said();

    write("parcels-value/schema.avsc", PARCEL.formatted(""));
    assertThat(run("check")).isZero();
    assertThat(said()).contains("changed since version 2, compatible with versions 1, 2");

    write("parcels-value/schema.avsc", PARCEL.formatted(WEIGHT));
    assertThat(run("check")).isZero();
    assertThat(said()).contains("version 2, unchanged");
  }

  @Test
  void fileThatIsNoSchemaIsNamed() throws IOException {
    write("parcels-value/schema.avsc", "{\"type\": ");

    assertThat(run("check")).isEqualTo(1);

    assertThat(said()).contains("not a valid schema", "parcels-value/schema.avsc");
  }

  private int run(String... line) {
    List<String> arguments = new ArrayList<>(List.of(line));
    if (!arguments.contains("--dir")) {
      arguments.addAll(List.of("--dir", folder.toString()));
    }
    return new CommandLine(new SchemaCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  /** What was printed since it was asked last. */
  private String said() {
    String said = out.toString();
    out.getBuffer().setLength(0);
    return said;
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
