package dev.waybill.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that says which process a {@link ChildJvm} or a PostgreSQL is. It outlives a process that
 * was killed, and its number may then be another's: so the process also has to name, in its own
 * command line, what the file belongs to.
 */
public final class PidFile {
  private static final String END = ".pid";
  private static final String POSTGRES = "postmaster" + END;
  private static final String MARK = "-Dwaybill.log=";

  private PidFile() {}

  static boolean is(Path file) {
    return file.toString().endsWith(END);
  }

  /** Of the JVM with this log. */
  public static Path beside(Path log) {
    return log.resolveSibling(log.getFileName() + END);
  }

  /** What a JVM with this log, whose folder exists, has among its arguments. */
  static String mark(Path log) throws IOException {
    return MARK + folder(log).toRealPath().resolve(name(log));
  }

  /** The file's process, if it still runs; whatever else has its number is not it. */
  public static Optional<ProcessHandle> running(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String expected = argument(file.toRealPath());
      return ProcessHandle.of(Long.parseLong(lines.isEmpty() ? "" : lines.get(0).strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> arguments(process).anyMatch(expected::equals));
    } catch (NoSuchFileException | NumberFormatException nobody) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /**
   * The logs of the {@link ChildJvm}s that run now, whoever has started them, by the log's name.
   */
  public static List<Path> logsOfRunning(String name) {
    return ProcessHandle.allProcesses()
        .flatMap(PidFile::arguments)
        .filter(argument -> argument.startsWith(MARK))
        .map(argument -> Path.of(argument.substring(MARK.length())))
        .filter(log -> name(log).equals(name))
        .sorted()
        .toList();
  }

  private static String argument(Path file) throws IOException {
    String name = name(file);
    return name.equals(POSTGRES)
        ? folder(file).toString()
        : mark(file.resolveSibling(name.substring(0, name.length() - END.length())));
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Stream<String> arguments(ProcessHandle process) {
    return process.info().arguments().stream().flatMap(Arrays::stream);
  }
}
