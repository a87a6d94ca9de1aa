package dev.waybill.proof.edits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Classes that edits make. */
public final class EditedClasses {
  private EditedClasses() {}

  /**
   * Compiles the changed sources.
   *
   * @param root of the repository
   * @param folder for sources and classes
   * @return the folder of the classes, which stand in front of the real ones
   * @throws IllegalStateException when a source is not as it was when an edit was written
   */
  public static Path of(List<Edit> edits, Path root, Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    for (Edit edit : edits) {
      edit.write(root, sources);
    }
    JavaSources.compile(sources, classes);
    return classes;
  }
}
