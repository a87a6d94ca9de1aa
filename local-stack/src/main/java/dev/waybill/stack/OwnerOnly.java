package dev.waybill.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that have a secret in them. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /**
   * Writes a file that nobody else can read, in the place of one that was there; whoever reads it
   * finds all of it.
   */
  public static void write(Path file, String text) throws IOException {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(made);
    Files.createFile(
        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(made, text);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
