package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.runtime.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A database that was taken back to an earlier state, while B knows what came after. */
@ExtendWith(Postgres.class)
class RestoredTest {
  private final Api api = new Api(Postgres.sharedPort());
  private final DSLContext database = Postgres.database();
  private final StringWriter said = new StringWriter();

  @Test
  void noVersionIsGivenOutThatWasGivenOutAfterTheBackup() throws Exception {
    String order = api.place().id();
    database.execute("CREATE TABLE backup AS SELECT * FROM orders");
    api.post("/orders/" + order + "/pay", Api.PAY).is(200);
    api.post("/orders/" + order + "/ship", Api.SHIP).is(200);
    List<Long> known = versions(order);
    database.execute("DELETE FROM orders");
    database.execute("INSERT INTO orders SELECT * FROM backup");
    database.execute("DROP TABLE backup");

    assertThat(restored()).isZero();

    assertThat(said).hasToString("raised the versions of 1 orders by 1000%n".formatted());
    api.post("/orders/" + order + "/pay", Api.PAY).is(200);
    api.delete("/orders/" + order).is(204);
    assertThat(known).containsExactly(1L, 2L, 3L);
    assertThat(versions(order)).containsExactly(1L, 2L, 3L, 1002L, 1003L);
  }

  @Test
  void onceMoreOnlyRaisesThemMore() throws Exception {
    String order = api.place().id();

    assertThat(restored("--by", "5")).isZero();
    assertThat(restored("--by", "5")).isZero();

    api.post("/orders/" + order + "/pay", Api.PAY).is(200);
    assertThat(versions(order)).containsExactly(1L, 12L);
  }

  @Test
  void dryRunSaysAndDoesNothing() throws Exception {
    String order = api.place().id();

    assertThat(restored("--dry-run")).isZero();

    assertThat(said.toString())
        .contains("would raise the versions of 1 orders, now from 1 to 1, by 1000");
    api.post("/orders/" + order + "/pay", Api.PAY).is(200);
    assertThat(versions(order)).containsExactly(1L, 2L);
  }

  @Test
  void databaseWithoutOrdersHasNothingToRaise() {
    assertThat(restored("--dry-run")).isZero();
    assertThat(said.toString()).contains("0 orders, now from 0 to 0");
    assertThat(restored()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "100001", "9223372036854775807"})
  void numberThatRaisesNothingOrTooMuchIsRefused(String by) {
    assertThat(restored("--by", by)).isEqualTo(2);
    assertThat(said.toString()).contains("--by");
  }

  @Test
  void failureIsSaidAndChangesNothing() throws Exception {
    String order = api.place().id();
    database.execute("UPDATE orders SET version = 9223372036854775000");

    assertThat(restored()).isEqualTo(1);

    assertThat(said.toString()).contains("run it again", "out of range");
    assertThat(api.get("/orders/" + order).json().path("version").longValue())
        .isEqualTo(9223372036854775000L);
  }

  @Test
  void wrongSettingsAreRefused() {
    Map<String, String> settings = new HashMap<>(Postgres.settings("postgres"));
    settings.put("DATABASE_URL", "mysql://localhost");

    assertThat(restoredWith(settings)).isEqualTo(2);
    assertThat(said.toString()).contains("DATABASE_URL");
  }

  private static List<Long> versions(String order) {
    return AppendedEvent.of(order).stream().map(AppendedEvent::version).toList();
  }

  private int restored(String... options) {
    return restoredWith(Postgres.settings("postgres"), options);
  }

  private int restoredWith(Map<String, String> settings, String... options) {
    said.getBuffer().setLength(0);
    return new CommandLine(new RestoredCommand(new Settings(settings)))
        .setOut(new PrintWriter(said))
        .setErr(new PrintWriter(said))
        .execute(options);
  }
}
