package dev.waybill.proof.evolution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.proof.edits.JavaSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    JavaSources.compile(sources, classes);
    return classes;
  }
}
