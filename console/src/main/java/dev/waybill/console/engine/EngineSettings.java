package dev.waybill.console.engine;

import dev.waybill.console.letters.Payloads;
import dev.waybill.console.systems.KafkaClients;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.runtime.PostgresLogin;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.clients.ClientRules;
import dev.waybill.runtime.clients.KafkaSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where the systems are, and what may be seen and done; docs/console.md says what each is for.
 *
 * @param relayToken the relay's own, for letting an event pass; null for none
 * @param payloads how much of values is shown
 * @param group B's consumer group
 */
public record EngineSettings(
    PostgresLogin database,
    Duration statementLimit,
    Map<String, Object> kafka,
    SchemaRegistryConfig registry,
    List<String> relays,
    @Nullable String relayToken,
    List<String> consumers,
    Names topics,
    String group,
    Payloads payloads) {

  /** Topics by name. */
  public record Names(String events, String deadLetters, String replays, String journal) {}

  private static final Map<String, String> ONLY =
      Map.of(
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");

  /** Reads them; the caller verifies. */
  public static EngineSettings from(Settings settings) {
    KafkaSettings kafka = KafkaSettings.from(settings, ONLY, Map.of());
    kafka.check(ClientRules.CONSUMER, KafkaClients.consumer(kafka.properties()));
    kafka.check(ClientRules.PRODUCER, KafkaClients.producer(kafka.properties()));
    String events = settings.name("CONSUMER_TOPIC", "orders.events");
    return new EngineSettings(
        PostgresLogin.from(settings),
        settings.duration(
            "CONSOLE_STATEMENT_TIMEOUT",
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofMinutes(1)),
        kafka.properties(),
        registry(settings),
        urls(settings, "CONSOLE_RELAYS", "http://localhost:8081"),
        settings.optional("CONSOLE_RELAY_TOKEN"),
        urls(settings, "CONSOLE_CONSUMERS", "http://localhost:8082"),
        new Names(
            events,
            settings.name("CONSUMER_DEAD_LETTER_TOPIC", "orders.events.dead-letters"),
            settings.name("CONSUMER_REPLAY_TOPIC", events + ".replays"),
            settings.name("CONSOLE_JOURNAL_TOPIC", "waybill-journal")),
        settings.name("CONSUMER_APPLICATION_ID", "waybill-consumer"),
        settings.read("CONSOLE_PAYLOADS", Payloads.MASKED, EngineSettings::payloads));
  }

  private static SchemaRegistryConfig registry(Settings settings) {
    SchemaRegistryConfig config =
        settings.read(
            "SCHEMA_REGISTRY_URL",
            SchemaRegistryConfig.of("http://localhost:8090"),
            SchemaRegistryConfig::of);
    String userInfo = settings.read("SCHEMA_REGISTRY_USER_INFO", "", EngineSettings::userInfo);
    return new SchemaRegistryConfig(
        config.urls(), userInfo.isEmpty() ? null : userInfo, Duration.ofSeconds(2));
  }

  private static String userInfo(String value) {
    if (value.indexOf(':') < 0) {
      throw new IllegalArgumentException("must be user:password");
    }
    return value;
  }

  private static Payloads payloads(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "none" -> Payloads.NONE;
      case "masked" -> Payloads.MASKED;
      case "full" -> Payloads.FULL;
      default -> throw new IllegalArgumentException("must be none, masked or full");
    };
  }

  private static List<String> urls(Settings settings, String name, String defaultValue) {
    return settings.read(name, List.of(defaultValue), EngineSettings::urls);
  }

  private static List<String> urls(String value) {
    return Arrays.stream(value.split(",", -1)).map(one -> url(one.strip())).toList();
  }

  private static String url(String value) {
    try {
      URI uri = new URI(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
        return value.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException none) {
      throw new IllegalArgumentException(FORM, none);
    }
    throw new IllegalArgumentException(FORM);
  }

  private static final String FORM = "must be http://host:port, or several with commas between";
}
