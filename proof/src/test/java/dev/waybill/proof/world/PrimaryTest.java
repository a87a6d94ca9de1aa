package dev.waybill.proof.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.stack.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrimaryTest {
  @TempDir Path folder;

  private static String execute(Primary primary, String sql) throws SQLException {
    try (Connection connection = primary.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** Also what was prepared; and the new primary can have a standby, too. */
  @Test
  void standbysHaveWhatWasAcknowledgedWhenThePrimaryWasKilled() throws Exception {
    try (Primary primary = Primary.start(folder, Ports.free())) {
      execute(primary, "CREATE TABLE parcel (grams int)");
      execute(primary, "BEGIN; INSERT INTO parcel VALUES (100); PREPARE TRANSACTION 'still-open'");
      for (int round = 1; round <= 2; round++) {
        int before = primary.port();
        primary.makeStandby();
        execute(primary, "INSERT INTO parcel VALUES (" + round + ")");

        primary.kill();
        primary.promote();

        assertThat(primary.port()).isNotEqualTo(before);
        assertThat(execute(primary, "SELECT count(*) FROM parcel"))
            .isEqualTo(Integer.toString(round));
      }
      execute(primary, "COMMIT PREPARED 'still-open'");
      assertThat(execute(primary, "SELECT sum(grams) FROM parcel")).isEqualTo("103");
    }
  }
}
