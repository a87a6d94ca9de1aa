package dev.waybill.proof.evolution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.compiler.specific.SpecificCompiler.FieldVisibility;
import org.apache.avro.generic.GenericData.StringType;

/** Generates the Java classes of schemas, as the build of the module {@code schemas} does. */
public final class GeneratedClasses {
  private GeneratedClasses() {}

  /**
   * Generates and compiles.
   *
   * @param folder for sources and classes
   * @return the folder of the classes: what stands first on the class path of who runs with them
   */
  public static Path of(List<Schema> schemas, Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    for (Schema schema : schemas) {
      SpecificCompiler generator = new SpecificCompiler(schema);
      generator.setStringType(StringType.String);
      generator.setFieldVisibility(FieldVisibility.PRIVATE);
      generator.setEnableDecimalLogicalType(true);
      generator.setOutputCharacterEncoding(UTF_8.name());
      generator.compileToDestination(null, sources.toFile());
    }
    compile(sources, classes);
    return classes;
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "this needs a JDK");
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
