package dev.waybill.proof.edits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of a source of Waybill's.
 *
 * @param module whose source it is
 * @param source its path in the repository
 * @param find what is there exactly once
 * @param replacement what stands there instead
 */
public record Edit(String module, String source, String find, String replacement) {

  /** Of a class of a module. */
  public static Edit of(String module, String className, String find, String replacement) {
    String path = module + "/src/main/java/" + className.replace('.', '/') + ".java";
    return new Edit(module, path, find, replacement);
  }

  /**
   * Writes the changed source into a folder; changes it there, when another edit of it is there.
   *
   * @param root of the repository
   * @throws IllegalStateException when the source is not as it was when the edit was written
   */
  void write(Path root, Path folder) throws IOException {
    Path path = root.resolve(source);
    Path changed = folder.resolve(path.getFileName());
    String text = Files.readString(Files.exists(changed) ? changed : path);
    int place = text.indexOf(find);
    if (place < 0 || text.indexOf(find, place + 1) >= 0) {
      throw new IllegalStateException(path + " does not have exactly once: " + find);
    }
    Files.writeString(changed, text.replace(find, replacement));
  }
}
