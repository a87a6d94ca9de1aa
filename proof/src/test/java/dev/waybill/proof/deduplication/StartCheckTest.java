package dev.waybill.proof.deduplication;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.EventHeaders;
import dev.waybill.deduplication.RefusedStartException;
import dev.waybill.deduplication.StartCheck;
import dev.waybill.deduplication.StreamDeduplication;
import dev.waybill.proof.servers.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stranger's topology is refused for, by what a real broker says of its topics. */
@ExtendWith(Servers.class)
@Timeout(60)
final class StartCheckTest {
  private final String name = Servers.newName();
  private final DeduplicationSettings settings =
      new DeduplicationSettings("moves", name + ".a", name + ".letters", Duration.ofDays(7));

  @Test
  void topologyThatCannotKeepThePromisesIsRefusedByNameAndStartsWhenItCan() throws Exception {
    StreamDeduplication<String, String> deduplication =
        new StreamDeduplication<>(
            settings,
            Serdes.String(),
            Serdes.String(),
            EventHeaders.debezium(),
            (decision, key, source) -> {});
    StreamsBuilder builder = new StreamsBuilder();
    deduplication
        .newEvents(
            builder.stream(
                List.of(name + ".a", name + ".b"), Consumed.with(Serdes.String(), Serdes.String())))
        .foreach((key, event) -> {});
    Topology topology = builder.build();
    Map<String, Object> config = new HashMap<>(Map.of("application.id", name));
    config.put("consumer.auto.offset.reset", "latest");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()))) {
      create(
          admin, new NewTopic(name + ".a", 2, (short) 1), new NewTopic(name + ".b", 3, (short) 1));
      create(admin, new NewTopic(name + "-moves-versions-changelog", 2, (short) 1));

      await("a broker may not show yet what another has created")
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> StartCheck.verify(settings, topology, config, admin))
                      .isInstanceOf(RefusedStartException.class)
                      .hasMessageContaining("processing.guarantee is not set")
                      .hasMessageContaining("consumer.auto.offset.reset is latest")
                      .hasMessageContaining("streamsConfig()")
                      .hasMessageContaining(name + ".a (2), " + name + ".b (3)")
                      .hasMessageContaining(name + "-moves-versions-changelog (2)")
                      .hasMessageContaining("topic " + name + ".letters does not exist"));

      admin.deleteTopics(List.of(name + "-moves-versions-changelog")).all().get();
      admin.createPartitions(Map.of(name + ".a", NewPartitions.increaseTo(3))).all().get();
      create(admin, new NewTopic(name + ".letters", 1, (short) 1));
      config.put("processing.guarantee", "exactly_once_v2");
      config.put("consumer.auto.offset.reset", "earliest");
      config.putAll(deduplication.streamsConfig());
      await().untilAsserted(() -> StartCheck.verify(settings, topology, config, admin));
    }
  }

  private static void create(Admin admin, NewTopic... topics) throws Exception {
    admin.createTopics(List.of(topics)).all().get();
  }
}
