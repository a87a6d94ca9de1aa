package dev.waybill.stack.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the stack of {@code up} keeps its data. */
final class FolderOption {
  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      defaultValue = ".waybill/up",
      converter = Folder.class,
      description = "Folder of data and logs (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of(".waybill/up");

  RunningStack stack() {
    return new RunningStack(folder.toAbsolutePath());
  }
}
