package dev.waybill.schemas.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.registry.RegistryException;
import dev.waybill.schemas.compatibility.InvalidSchemaException;
import dev.waybill.schemas.folder.SchemaFolder;
import dev.waybill.schemas.folder.WrongFolderException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands on the folder of schemas share: where it is, and how they end. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class FolderCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      defaultValue = "${sys:waybill.root:-.}/schemas/src/main/avro",
      description = "Folder with a folder for each subject (default: schemas/src/main/avro).")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  /** Does the work and returns the exit status. */
  abstract int run(SchemaFolder schemas) throws IOException, InvalidSchemaException;

  @Override
  public final Integer call() {
    try {
      return run(SchemaFolder.open(folder.normalize()));
    } catch (WrongFolderException wrong) {
      return end(wrong.getMessage(), REFUSED);
    } catch (RegistryException
        | IOException
        | UncheckedIOException
        | InvalidSchemaException failure) {
      return end(failure.getMessage(), FAILED);
    } finally {
      out().flush();
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Says why it ends and returns the status. */
  final int end(@Nullable String why, int status) {
    spec.commandLine().getErr().println("waybill: " + why);
    return status;
  }

  /** Prints the value where JSON is wanted, else the text. */
  final void print(Object value, String text) throws IOException {
    out().println(json ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) : text);
  }
}
