package dev.waybill.proof;

import dev.waybill.stack.LeftBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of a stack that a command has for itself. */
public final class StackFolder {
  private StackFolder() {}

  /** Ends what an earlier run left running in it, and deletes it with all it has. */
  public static void empty(Path folder) throws IOException {
    LeftBehind.stop(folder);
    delete(folder);
  }

  /** Deletes a folder with all it has, where it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
