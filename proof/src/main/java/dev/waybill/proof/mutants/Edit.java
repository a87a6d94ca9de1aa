package dev.waybill.proof.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of a source of Waybill's.
 *
 * @param source its path in the repository
 * @param find what is there exactly once
 * @param replacement what stands there instead
 */
record Edit(String source, String find, String replacement) {

  /** Of a class of one of the modules. */
  static Edit of(String module, String className, String find, String replacement) {
    return new Edit(
        module + "/src/main/java/" + className.replace('.', '/') + ".java", find, replacement);
  }

  /**
   * Writes the changed source into a folder.
   *
   * @param root of the repository
   * @throws IllegalStateException when the source is not as it was when the edit was written
   */
  void write(Path root, Path folder) throws IOException {
    Path path = root.resolve(source);
    String text = Files.readString(path);
    int place = text.indexOf(find);
    if (place < 0 || text.indexOf(find, place + 1) >= 0) {
      throw new IllegalStateException(path + " does not have exactly once: " + find);
    }
    Path changed = folder.resolve(path.getFileName());
    String before = Files.exists(changed) ? Files.readString(changed) : text;
    Files.writeString(changed, before.replace(find, replacement));
  }
}
