package dev.waybill.proof.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.proof.servers.Servers;
import dev.waybill.runtime.topics.FoundTopic;
import dev.waybill.runtime.topics.TopicAdmin;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looking at topics and creating them, also when somebody else does. */
@ExtendWith(Servers.class)
final class TopicAdminTest {
  private final String name = Servers.newName();
  private final Admin admin =
      Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()));
  private final TopicAdmin topics = new TopicAdmin(admin);

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void whoComesSecondKeepsTheTopicThatIsThere() throws Exception {
    assertThat(topics.find(name)).isEmpty();

    assertThat(topics.create(name, 3, (short) -1, Map.of("retention.ms", "1000"))).isPresent();
    assertThat(topics.create(name, 5, (short) 1, Map.of("retention.ms", "2000"))).isEmpty();

    FoundTopic found = topics.find(name).orElseThrow();
    assertThat(found.partitions()).isEqualTo(3);
    assertThat(found.replicas()).isEqualTo(1);
    assertThat(found.number("retention.ms")).isEqualTo(1000);
    assertThat(found.number("max.message.bytes")).as("the broker's default").isPositive();
  }

  @Test
  void topicThatTheBrokerRefusesIsAFailure() {
    assertThatThrownBy(() -> topics.create(name, 3, (short) 9, Map.of()))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InvalidReplicationFactorException.class);
  }
}
