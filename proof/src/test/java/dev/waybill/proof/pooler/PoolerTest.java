package dev.waybill.proof.pooler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.producer.Producer;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.source.OutboxDatabase;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.OutboxUnreadableException;
import dev.waybill.relay.source.PageLimits;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real server behind the protocol of a pooler. */
@Timeout(120)
class PoolerTest {
  @Test
  void poolerOfSessionsIsAsGoodAsTheServer() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Bouncer bouncer = Bouncer.ofSessions(postgres.getPort());
        Producer producer = Producer.start(settings(bouncer));
        OutboxReader reader = reader(bouncer)) {
      assertThat(producer.health().reasonsNotReady()).doesNotContainKey("start");
      assertThat(reader.read(null).rows()).isEmpty();
    }
  }

  @Test
  void poolerOfTransactionsIsRefusedWithWhatIsNeeded() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Bouncer bouncer = Bouncer.ofTransactions(postgres.getPort())) {
      Producer.start(settings(postgres.getPort())).close();
      assertThatThrownBy(() -> Producer.start(settings(bouncer)))
          .isInstanceOf(BadSettingsException.class)
          .hasMessageContaining("pool_mode=session");
      assertThatThrownBy(() -> reader(bouncer))
          .isInstanceOf(OutboxUnreadableException.class)
          .hasMessageContaining("pooler in session mode");
    }
  }

  private static OutboxReader reader(Bouncer bouncer) throws SQLException {
    return OutboxReader.open(
        outbox(bouncer),
        Slots.ALL,
        new PageLimits(10, 1 << 20),
        Duration.ofHours(1),
        Clock.systemUTC());
  }

  private static Settings settings(Bouncer bouncer) {
    return settings(bouncer.port());
  }

  private static Settings settings(int port) {
    return new Settings(
        Map.of("DATABASE_URL", url(port), "HTTP_HOST", "127.0.0.1", "HTTP_PORT", "0"));
  }

  private static OutboxDatabase outbox(Bouncer bouncer) {
    return new OutboxDatabase(url(bouncer.port()), "postgres", null, null);
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }
}
