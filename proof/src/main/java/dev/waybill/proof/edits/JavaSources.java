package dev.waybill.proof.edits;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources that are compiled while a program of this module runs. */
public final class JavaSources {
  private JavaSources() {}

  /**
   * Compiles every source in a folder, against what this process runs with.
   *
   * @param classes where the classes go
   * @throws IllegalStateException when this is no JDK, or a source does not compile; with why
   */
  public static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("this Java has no compiler: a JDK is needed");
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, UTF_8);
        Stream<Path> found = Files.walk(sources)) {
      List<Path> java = found.filter(file -> file.toString().endsWith(".java")).toList();
      if (!compiler
          .getTask(null, files, problems, options, null, files.getJavaFileObjectsFromPaths(java))
          .call()) {
        throw new IllegalStateException(problems.getDiagnostics().toString());
      }
    }
  }
}
