package dev.waybill.proof.world;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A copy of a running PostgreSQL's data, as {@code pg_basebackup} makes it, which is not among the
 * binaries at hand: to be made between the start and the stop of a backup.
 */
final class BaseBackup {
  private BaseBackup() {}

  /** Copies everything but locks and slots, and the log, which streams. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path relative = from.relativize(folder);
            if (relative.startsWith("pg_replslot") && relative.getNameCount() > 1) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.copy(folder, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path relative = from.relativize(file);
            if (isCopied(relative)) {
              copyOne(file, to.resolve(relative));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // The server has removed it meanwhile.
            }
            throw failure;
          }
        });
  }

  private static boolean isCopied(Path relative) {
    return !relative.startsWith("pg_wal")
        && !relative.toString().matches("postmaster\\..*|epg-lock");
  }

  private static void copyOne(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException goneMeanwhile) {
      Files.deleteIfExists(to); // The server has removed it; a backup does without it.
    }
  }

  /**
   * Makes a standby of the copy.
   *
   * @param label as the stop of the backup has told it
   * @param name of the standby, and of the slot through which it follows
   */
  static void follow(Path data, String label, int primaryPort, String name) throws IOException {
    Files.writeString(data.resolve("backup_label"), label);
    Files.createFile(data.resolve("standby.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        """
        primary_conninfo = 'host=127.0.0.1 port=%s user=postgres application_name=%s'
        primary_slot_name = '%s'
        synchronous_standby_names = ''
        """
            .formatted(primaryPort, name, name),
        StandardOpenOption.APPEND);
  }
}
