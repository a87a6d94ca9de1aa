package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.PublishedTopic;
import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class RelayTopicTest {
  private static final PublishedTopic SIX = new PublishedTopic("events", "Zv", 6);

  @Test
  void partitionIsThatOfKafkasOwnPartitioner() {
    RelayTopic topic = new RelayTopic(SIX, 1_000_000);
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new UUID(i, i).toString().getBytes(UTF_8);
      assertThat(topic.partitionOf(key)).isEqualTo(BuiltInPartitioner.partitionForKey(key, 6));
    }
  }

  @Test
  void everyWayInWhichATopicIsAnotherIsNamed() {
    assertThat(SIX.differenceTo(new PublishedTopic("events", "Zv", 6))).isEmpty();
    assertThat(SIX.differenceTo(new PublishedTopic("events", "Zv", 12)))
        .hasValueSatisfying(text -> assertThat(text).contains("had 6 partitions and has 12"));
    assertThat(SIX.differenceTo(new PublishedTopic("events", "Yy", 6)))
        .hasValueSatisfying(text -> assertThat(text).contains("deleted and made again"));
    assertThat(SIX.differenceTo(new PublishedTopic("others", "Zv", 6)))
        .hasValueSatisfying(text -> assertThat(text).contains("of topic events, not of others"));
  }
}
