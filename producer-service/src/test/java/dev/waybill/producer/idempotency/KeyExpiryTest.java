package dev.waybill.producer.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.producer.Postgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class KeyExpiryTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private KeyExpiry expiry(Duration retention) {
    return new KeyExpiry(Postgres.database(), retention, metrics);
  }

  private static void keys(String name, int count, String age) {
    Postgres.database()
        .execute(
            """
            INSERT INTO idempotency_key (key, fingerprint, status, created_at)
            SELECT ? || i, decode(repeat('00', 32), 'hex'), 201, now() - CAST(? AS interval)
            FROM generate_series(1, ?) AS i
            """,
            name,
            age,
            count);
  }

  private static Object kept() {
    return Postgres.database()
        .fetchValue("SELECT string_agg(key, ',' ORDER BY key) FROM idempotency_key");
  }

  @Test
  void keysOlderThanTheRetentionAreDeletedInSteps() {
    keys("old", 2 * KeyExpiry.STEP + 1, "61 minutes");
    keys("young", 2, "59 minutes");
    try (KeyExpiry expiry = expiry(Duration.ofHours(1))) {
      assertThat(expiry.deleteExpired()).isEqualTo(2 * KeyExpiry.STEP + 1);
    }

    assertThat(kept()).isEqualTo("young1,young2");
    assertThat(metrics.get("waybill.producer.idempotency.keys.expired").counter().count())
        .isEqualTo(2 * KeyExpiry.STEP + 1);
  }

  @Test
  void keyThatAnotherInstanceIsDeletingIsSkipped() {
    keys("old", 2, "2 hours");
    Postgres.database()
        .transaction(
            other -> {
              other.dsl().execute("SELECT FROM idempotency_key WHERE key = 'old1' FOR UPDATE");
              try (KeyExpiry expiry = expiry(Duration.ofHours(1))) {
                assertThat(expiry.deleteExpired()).isEqualTo(1);
              }
            });

    assertThat(kept()).isEqualTo("old1");
  }
}
