package dev.waybill.proof.lab.ledger;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as it was written down: a file for the run, and a folder for each pattern with files that
 * have a line of JSON for each entry.
 */
public record LabLedger(LabRun run, List<VariantLedger> variants) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RUN = "run.json";

  public LabLedger {
    variants = List.copyOf(variants);
  }

  /** The words of a pattern, and why it failed. */
  record Head(String variant, String words, String failed) {}

  /**
   * Writes it.
   *
   * @param folder is made where it is not there
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(RUN).toFile(), run);
    List<Head> heads = new ArrayList<>();
    for (VariantLedger variant : variants) {
      heads.add(new Head(variant.variant(), variant.words(), variant.failed()));
      Path files = Files.createDirectories(folder.resolve(variant.variant()));
      lines(files.resolve("asked.ndjson"), variant.asked());
      lines(files.resolve("committed.ndjson"), variant.committed());
      lines(files.resolve("told.ndjson"), variant.told());
      lines(files.resolve("steps.ndjson"), variant.steps());
      lines(files.resolve("injected.ndjson"), variant.injected());
    }
    lines(folder.resolve("variants.ndjson"), heads);
  }

  private static void lines(Path file, List<?> entries) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (Object entry : entries) {
        out.write(JSON.writeValueAsString(entry));
        out.write('\n');
      }
    }
  }

  /**
   * Reads what was written.
   *
   * @throws IOException when a file is not there, or a line is no entry
   */
  public static LabLedger read(Path folder) throws IOException {
    List<VariantLedger> variants = new ArrayList<>();
    for (Head head : entries(folder.resolve("variants.ndjson"), Head.class)) {
      Path files = folder.resolve(head.variant());
      variants.add(
          new VariantLedger(
              head.variant(),
              head.words(),
              entries(files.resolve("asked.ndjson"), Asked.class),
              entries(files.resolve("committed.ndjson"), Committed.class),
              entries(files.resolve("told.ndjson"), Told.class),
              entries(files.resolve("steps.ndjson"), Step.class),
              entries(files.resolve("injected.ndjson"), Injected.class),
              head.failed()));
    }
    return new LabLedger(JSON.readValue(folder.resolve(RUN).toFile(), LabRun.class), variants);
  }

  private static <T> List<T> entries(Path file, Class<T> type) throws IOException {
    List<T> entries = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        entries.add(JSON.readValue(line, type));
      }
    }
    return entries;
  }
}
