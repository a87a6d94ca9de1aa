package dev.waybill.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ChildJvm} is to run, on this process's Java and class path.
 *
 * @param name of the process, for people
 * @param environment added to this process's own
 * @param log the file that its output is appended to; its pid is kept beside it
 */
public record JvmCommand(
    String name,
    String mainClass,
    List<String> jvmArguments,
    List<String> arguments,
    Map<String, String> environment,
    Path log) {

  public JvmCommand {
    jvmArguments = List.copyOf(jvmArguments);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
