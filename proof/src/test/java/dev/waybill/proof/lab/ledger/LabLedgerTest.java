package dev.waybill.proof.lab.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabLedgerTest {
  private final LabLedger ledger =
      Synthetic.run(
          Synthetic.clean("direct-after-commit")
              .step("a", 1, "row changed", 11)
              .killed("a", 12)
              .injected("b-down", false, 50, 60, true)
              .ledger(),
          VariantLedger.failed("external-queue-push", "in words", "no Kafka"));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    ledger.write(folder);

    assertThat(LabLedger.read(folder)).isEqualTo(ledger);
  }

  @Test
  void aLineThatIsNoEntryIsRefused() throws IOException {
    ledger.write(folder);
    Path told = folder.resolve("direct-after-commit/told.ndjson");
    Files.writeString(told, Files.readString(told) + "{\"b\": \"NOT");

    assertThatThrownBy(() -> LabLedger.read(folder)).isInstanceOf(IOException.class);
  }
}
