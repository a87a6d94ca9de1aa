import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes Java of the templates in a folder: SOURCES TARGET. Without the folder there is nothing to
 * do.
 */
final class GenerateTemplates {
  private GenerateTemplates() {}

  public static void main(String[] args) {
    Path sources = Path.of(args[0]);
    if (Files.isDirectory(sources)) {
      TemplateEngine engine =
          TemplateEngine.create(
              new DirectoryCodeResolver(sources),
              Path.of(args[1]),
              ContentType.Html,
              GenerateTemplates.class.getClassLoader(),
              "dev.waybill.console.pages");
      engine.setTrimControlStructures(true);
      engine.generateAll();
    }
  }
}
