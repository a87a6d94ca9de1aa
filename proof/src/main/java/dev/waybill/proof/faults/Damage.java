package dev.waybill.proof.faults;

import dev.waybill.proof.StackFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a folder of state that a disk has not kept as it was: decided by a seed, and by
 * what is in the folder.
 */
enum Damage {
  /** Up to three files end early. */
  TRUNCATED,
  /** Up to three files have up to eight bits each that are others. */
  FLIPPED,
  /** Each file is gone or there. */
  HALF_DELETED,
  /** Nothing is there. */
  DELETED;

  private static final int FILES = 3;
  private static final int BITS = 8;

  /** For people. */
  String text() {
    return switch (this) {
      case TRUNCATED -> "of whose state some files are truncated";
      case FLIPPED -> "in whose state some bits are flipped";
      case HALF_DELETED -> "of whose state half is deleted";
      case DELETED -> "whose state is deleted";
    };
  }

  /**
   * Spoils what is there; nothing where there is nothing.
   *
   * @return the files that are not as they were, by their paths in the folder
   */
  List<String> to(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    List<Path> spoilt =
        switch (this) {
          case TRUNCATED, FLIPPED -> some(files(folder, 1), random);
          case HALF_DELETED ->
              files(folder, 0).stream().filter(file -> random.nextBoolean()).toList();
          case DELETED -> files(folder, 0);
        };
    for (Path file : spoilt) {
      switch (this) {
        case TRUNCATED -> truncate(file, random);
        case FLIPPED -> flip(file, random);
        case HALF_DELETED, DELETED -> Files.delete(file);
      }
    }
    if (this == DELETED) {
      StackFolder.delete(folder);
    }
    return spoilt.stream().map(file -> folder.relativize(file).toString()).toList();
  }

  private static void truncate(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
  }

  private static void flip(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int bits = 1 + random.nextInt(BITS); bits > 0; bits--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(file, bytes);
  }

  /** In the same order each time. */
  private static List<Path> files(Path folder, int leastBytes) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted().toList()) {
        if (Files.isRegularFile(file) && Files.size(file) >= leastBytes) {
          files.add(file);
        }
      }
    }
    return files;
  }

  /** First a kind is drawn and then one of it: there are many tables and logs, one checkpoint. */
  private static List<Path> some(List<Path> files, Random random) {
    List<List<Path>> kinds =
        List.copyOf(
            files.stream()
                .collect(Collectors.groupingBy(Damage::kind, TreeMap::new, Collectors.toList()))
                .values());
    Set<Path> some = new LinkedHashSet<>();
    for (int left = kinds.isEmpty() ? 0 : 1 + random.nextInt(FILES); left > 0; left--) {
      List<Path> kind = kinds.get(random.nextInt(kinds.size()));
      some.add(kind.get(random.nextInt(kind.size())));
    }
    return List.copyOf(some);
  }

  /** The name without numbers: {@code .sst}, {@code MANIFEST-}, {@code .checkpoint}. */
  private static String kind(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceAll("[0-9]", "");
  }
}
