package dev.waybill.stack;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@link ChildJvm} is to run, on this process's Java and class path.
 *
 * @param name of the process, for people
 * @param environment added to this process's own
 * @param classesFirst folders of classes that stand in front of this process's class path
 * @param log the file that its output is appended to; its pid is kept beside it
 */
public record JvmCommand(
    String name,
    String mainClass,
    List<String> jvmArguments,
    List<String> arguments,
    Map<String, String> environment,
    List<Path> classesFirst,
    Path log) {

  public JvmCommand {
    jvmArguments = List.copyOf(jvmArguments);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    classesFirst = List.copyOf(classesFirst);
  }

  /** With no other classes than this process's. */
  public JvmCommand(
      String name,
      String mainClass,
      List<String> jvmArguments,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    this(name, mainClass, jvmArguments, arguments, environment, List.of(), log);
  }

  JvmCommand withClassesFirst(List<Path> newClassesFirst) {
    return new JvmCommand(
        name, mainClass, jvmArguments, arguments, environment, newClassesFirst, log);
  }

  /** As Java's own option takes it. */
  String classPath() {
    return Stream.concat(
            classesFirst.stream().map(Path::toString),
            Stream.of(System.getProperty("java.class.path")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
