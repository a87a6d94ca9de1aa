package dev.waybill.proof.world;

import dev.waybill.proof.edits.Edit;
import java.nio.file.Path;

/**
 * A bug in B, of which the events of one order in four become dead letters. It is there while a
 * file is.
 */
public final class Bug {
  /** In the detail of its dead letters. */
  public static final String MARK = "a bug that the campaign has built in";

  private static final String FILE = "bug";

  private Bug() {}

  /** Where the file is of a process that looks for its kill points in that folder. */
  public static Path in(Path killPoints) {
    return killPoints.resolve(FILE);
  }

  static Edit edit() {
    String begin =
        "    FixedKeyProcessorContext<byte[], OrderChange> task = Objects.requireNonNull(context);\n";
    String bug =
        """
            if (Math.floorMod(java.util.Arrays.hashCode(record.key()), 4) == 0
                && new java.io.File(System.getenv("%s"), "%s").exists()) {
              throw new IllegalStateException("%s");
            }
        """
            .formatted(KillPoint.FOLDER, FILE, MARK);
    return Edit.of(
        "consumer-service", "dev.waybill.consumer.orders.OrdersProcessor", begin, bug + begin);
  }
}
