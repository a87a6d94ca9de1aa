package dev.waybill.stack.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the stack of {@code up} keeps its data. */
final class FolderOption {
  private static final Path DEFAULT = Path.of(".waybill/up");

  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      converter = Folder.class,
      description =
          "Folder of data and logs (default: .waybill/up; for status and down: that, or the only"
              + " stack that runs).")
  @Nullable Path folder;

  /** The one that is named, or the default. */
  RunningStack stack() {
    return new RunningStack((folder == null ? DEFAULT : folder).toAbsolutePath());
  }

  /**
   * The one that is named; else the default if it runs; else the only one that runs, if any does.
   *
   * @throws ParameterException when several run, naming them
   */
  RunningStack found(CommandLine command) {
    RunningStack named = stack();
    if (folder != null || named.supervisor().isPresent()) {
      return named;
    }
    List<RunningStack> running = RunningStack.all();
    if (running.size() > 1) {
      throw new ParameterException(
          command,
          running.stream()
              .map(stack -> "--dir " + Shell.quoted(stack.folder()))
              .collect(Collectors.joining(" or ", "several run: ", "?")));
    }
    return running.isEmpty() ? named : running.get(0);
  }

  /** As it was given, to be typed again; empty when it was not. */
  String typed() {
    return folder == null ? "" : " --dir " + Shell.quoted(folder);
  }
}
