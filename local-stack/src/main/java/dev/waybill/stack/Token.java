package dev.waybill.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret of a local stack, in a file that only its owner can read. */
final class Token {
  private static final int BYTES = 12;

  private Token() {}

  /** The folder's token; made when there is none. */
  static String in(Path folder) {
    Path file = folder.resolve("token");
    try {
      if (Files.notExists(file)) {
        Files.createDirectories(folder);
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        OwnerOnly.write(file, HexFormat.of().formatHex(random));
      }
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + file, failure);
    }
  }
}
