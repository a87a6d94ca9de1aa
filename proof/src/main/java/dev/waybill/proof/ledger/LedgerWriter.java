package dev.waybill.proof.ledger;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes a ledger while its run goes on; what is written is never changed. Thread-safe. An {@link
 * UncheckedIOException} of any method says that the disk does not take it.
 */
public final class LedgerWriter implements AutoCloseable {
  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<Kind, Writer> files = new EnumMap<>(Kind.class);

  /**
   * @param folder is made, and has no ledger yet
   */
  public LedgerWriter(Path folder, Run run) throws IOException {
    Files.createDirectories(folder);
    for (Kind kind : Kind.values()) {
      files.put(kind, Files.newBufferedWriter(folder.resolve(kind.file())));
    }
    write(Kind.RUN, run);
    flush();
  }

  public void add(Request entry) {
    write(Kind.REQUEST, entry);
  }

  public void add(Committed entry) {
    write(Kind.COMMITTED, entry);
  }

  /** What the reader found who followed the topic. */
  public void add(Published entry) {
    write(Kind.PUBLISHED, entry);
  }

  /** What a reader found who began when everything was over. */
  public void addAtRest(Published entry) {
    write(Kind.PUBLISHED_AT_REST, entry);
  }

  public void add(Injected entry) {
    write(Kind.INJECTED, entry);
  }

  public void add(Notified entry) {
    write(Kind.NOTIFIED, entry);
  }

  public void add(Letter entry) {
    write(Kind.LETTER, entry);
  }

  public void add(Replayed entry) {
    write(Kind.REPLAYED, entry);
  }

  public void add(Known entry) {
    write(Kind.KNOWN, entry);
  }

  public void add(Row entry) {
    write(Kind.ROW, entry);
  }

  /** What the B says that was built anew. */
  public void addAgain(Known entry) {
    write(Kind.KNOWN_AGAIN, entry);
  }

  public void add(Rebuilt entry) {
    write(Kind.REBUILT, entry);
  }

  /** What a B has that was built from the compacted topic alone. */
  public void addNewcomer(Row entry) {
    write(Kind.NEWCOMER, entry);
  }

  public void add(Fault entry) {
    write(Kind.FAULT, entry);
  }

  public void add(Sample entry) {
    write(Kind.SAMPLE, entry);
  }

  public void add(Size entry) {
    write(Kind.SIZE, entry);
  }

  /** The last entry. */
  public void add(Rest entry) {
    write(Kind.REST, entry);
  }

  private synchronized void write(Kind kind, Object entry) {
    try {
      Writer file = files.get(kind);
      if (file != null) {
        file.write(json.writeValueAsString(entry));
        file.write('\n');
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the ledger takes no more", failure);
    }
  }

  /** Hands everything to the operating system. */
  public synchronized void flush() {
    try {
      for (Writer file : files.values()) {
        file.flush();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the ledger takes no more", failure);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (Writer file : files.values()) {
      file.close();
    }
    files.clear();
  }
}
