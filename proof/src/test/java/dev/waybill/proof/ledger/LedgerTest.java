package dev.waybill.proof.ledger;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.proof.checker.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, and what cannot be read is named. */
final class LedgerTest {
  @TempDir private Path folder;

  private final Ledger ledger = new Attack().ledger();

  @BeforeEach
  void write() throws IOException {
    Attack.write(ledger, folder);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(LedgerReader.read(folder)).isEqualTo(ledger);
  }

  @Test
  void aLastLineThatIsCutIsLeftOut() throws Exception {
    Files.writeString(folder.resolve("known.ndjson"), "{\"eventId\":\"0190", APPEND);
    Files.writeString(folder.resolve("rest.ndjson"), "{\"at\":17");

    Ledger read = LedgerReader.read(folder);

    assertThat(read.known()).isEqualTo(ledger.known());
    assertThat(read.rest()).isEmpty();
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path rows = folder.resolve("rows.ndjson");
    Files.writeString(rows, "{\"table\":\"ORDERS\"}\n" + Files.readString(rows));

    assertUnreadable(rows + ", line 1 is no entry: ");
  }

  @Test
  void whatIsNoTextIsNamed() throws IOException {
    Path rows = folder.resolve("rows.ndjson");
    Files.write(rows, new byte[] {(byte) 0xff, (byte) 0xfe, '\n', '{', '}'});

    assertUnreadable(rows + " is no text");
  }

  @Test
  void aFolderWithoutALedgerIsNamed() {
    assertThatThrownBy(() -> LedgerReader.read(folder.resolve("none")))
        .isInstanceOf(UnreadableLedgerException.class)
        .hasMessageContaining(folder.resolve("none") + " has no ledger");
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve("letters.ndjson"));

    assertUnreadable("there is no " + folder.resolve("letters.ndjson"));
  }

  @Test
  void anotherFormatIsNamed() throws IOException {
    Path run = folder.resolve("run.ndjson");
    Files.writeString(run, Files.readString(run).replace("\"format\":2", "\"format\":1"));

    assertUnreadable(run + " is not of a ledger of format 2");
  }

  private void assertUnreadable(String message) {
    assertThatThrownBy(() -> LedgerReader.read(folder))
        .isInstanceOf(UnreadableLedgerException.class)
        .hasMessageContaining(message);
  }
}
