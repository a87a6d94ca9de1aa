package dev.waybill.proof.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the ledger of a folder. */
public final class LedgerReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private LedgerReader() {}

  /**
   * All of it. A last line that is not whole, as a writer leaves it that was killed, is left out.
   *
   * @throws UnreadableLedgerException when there is none, or a line is no entry
   */
  public static Ledger read(Path folder) throws IOException, UnreadableLedgerException {
    Path first = folder.resolve(Kind.RUN.file());
    if (!Files.isRegularFile(first)) {
      throw new UnreadableLedgerException(folder + " has no ledger: there is no " + first);
    }
    List<Run> runs = entries(folder, Kind.RUN, Run.class);
    if (runs.size() != 1 || runs.get(0).format() != Run.FORMAT) {
      throw new UnreadableLedgerException(
          first + " is not of a ledger of format " + Run.FORMAT + ": " + runs);
    }
    List<Rest> rest = entries(folder, Kind.REST, Rest.class);
    return new Ledger(
        runs.get(0),
        entries(folder, Kind.REQUEST, Request.class),
        entries(folder, Kind.COMMITTED, Committed.class),
        entries(folder, Kind.PUBLISHED, Published.class),
        entries(folder, Kind.PUBLISHED_AT_REST, Published.class),
        entries(folder, Kind.INJECTED, Injected.class),
        entries(folder, Kind.NOTIFIED, Notified.class),
        entries(folder, Kind.LETTER, Letter.class),
        entries(folder, Kind.REPLAYED, Replayed.class),
        entries(folder, Kind.KNOWN, Known.class),
        entries(folder, Kind.ROW, Row.class),
        entries(folder, Kind.KNOWN_AGAIN, Known.class),
        entries(folder, Kind.REBUILT, Rebuilt.class),
        entries(folder, Kind.NEWCOMER, Row.class),
        entries(folder, Kind.FAULT, Fault.class),
        entries(folder, Kind.SAMPLE, Sample.class),
        entries(folder, Kind.SIZE, Size.class),
        rest.stream().findFirst());
  }

  private static <T> List<T> entries(Path folder, Kind kind, Class<T> type)
      throws IOException, UnreadableLedgerException {
    Path file = folder.resolve(kind.file());
    if (!Files.isRegularFile(file)) {
      throw new UnreadableLedgerException(folder + " is not a whole ledger: there is no " + file);
    }
    List<T> entries = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 1;
      for (String line = lines.readLine(); line != null; number++) {
        String next = lines.readLine();
        try {
          entries.add(JSON.readValue(line, type));
        } catch (JsonProcessingException damaged) {
          if (next != null) {
            throw new UnreadableLedgerException(
                "%s, line %s is no entry: %s"
                    .formatted(file, number, damaged.getOriginalMessage()));
          }
        }
        line = next;
      }
    } catch (CharacterCodingException damaged) {
      throw new UnreadableLedgerException(file + " is no text");
    }
    return entries;
  }
}
