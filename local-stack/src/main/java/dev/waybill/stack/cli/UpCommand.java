package dev.waybill.stack.cli;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.LeftBehind;
import dev.waybill.stack.StackLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the stack and leaves it running. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts everything and leaves it running; data of an earlier run is still there.")
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption where;
  @Mixin private PortOptions ports;

  @Override
  public Integer call() throws IOException {
    RunningStack files = where.stack();
    StackLayout layout = ports.layout(files.folder());
    ports.refuseDoubles(spec.commandLine());
    Files.createDirectories(files.folder());
    try (FileChannel channel = FileChannel.open(files.lock(), CREATE, WRITE);
        FileLock lock = channel.tryLock()) {
      // Whoever had the lock deletes it at its end: then this is no more the file that others lock.
      if (lock == null || Files.notExists(files.lock())) {
        throw new IllegalStateException("another ./waybill up is starting it");
      }
      try {
        return upOnce(files, layout, spec.commandLine().getOut());
      } finally {
        Files.delete(files.lock());
      }
    }
  }

  private int upOnce(RunningStack files, StackLayout layout, PrintWriter out) throws IOException {
    if (files.supervisor().isPresent()) {
      out.println("It is up already:\n\n" + files.summary());
      return 0;
    }
    int left = LeftBehind.stop(files.folder());
    if (left > 0) {
      out.println("ended " + left + " processes that an earlier run had left behind");
    }
    List<String> taken = layout.takenPorts();
    if (!taken.isEmpty()) {
      throw new IllegalStateException(
          "somebody else listens on "
              + String.join(", ", taken)
              + "; choose others, such as ./waybill up"
              + where.typed()
              + " --producer-port 18080 (see ./waybill up --help)");
    }
    return start(files, out);
  }

  private int start(RunningStack files, PrintWriter out) throws IOException {
    Files.deleteIfExists(files.ready());
    Files.deleteIfExists(files.log());
    List<String> arguments = new ArrayList<>(List.of("supervise", "--dir", files.folder() + ""));
    arguments.addAll(ports.arguments());
    ChildJvm supervisor =
        ChildJvm.start(
            new JvmCommand(
                "supervisor",
                Waybill.class.getName(),
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-DLOG_LEVEL=WARN"),
                arguments,
                Map.of(),
                files.log()));
    out.println("Starting (logs in " + files.folder().resolve("logs") + ")");
    int shown = 0;
    while (files.summary().isEmpty()) {
      if (!supervisor.isAlive()) {
        String words = supervisor.lastWords();
        throw new IllegalStateException(
            words.isBlank() ? "it was stopped while it started" : "it did not start:\n" + words);
      }
      shown = show(files, shown, out);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    show(files, shown, out);
    out.println("\n" + files.summary());
    out.printf(
        "./waybill status%1$s shows how it is, ./waybill down%1$s stops it.%n", where.typed());
    return 0;
  }

  /** Prints what the supervisor has said since; returns how many lines there were. */
  private static int show(RunningStack files, int shown, PrintWriter out) throws IOException {
    List<String> lines = Files.exists(files.log()) ? Files.readAllLines(files.log()) : List.of();
    lines.stream().skip(shown).forEach(line -> out.println("  " + line));
    out.flush();
    return lines.size();
  }
}
