package dev.waybill.producer;

import dev.waybill.producer.database.DatabaseSettings;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The service's settings; docs/producer.md says what each is for.
 *
 * @param idempotencyRetention how long an Idempotency-Key is remembered at least
 */
record ProducerSettings(
    DatabaseSettings database, Duration idempotencyRetention, HttpAddress http) {

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static ProducerSettings from(Settings settings) {
    ProducerSettings producer =
        new ProducerSettings(
            DatabaseSettings.from(settings),
            settings.duration(
                "IDEMPOTENCY_RETENTION",
                Duration.ofHours(24),
                Duration.ofMinutes(1),
                Duration.ofDays(365)),
            HttpAddress.from(settings, 8080));
    settings.verify();
    settings.warnOfIgnored(List.of(), "IDEMPOTENCY_");
    return producer;
  }
}
