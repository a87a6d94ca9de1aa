package dev.waybill.proof.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.proof.servers.Servers;
import dev.waybill.runtime.topics.FoundTopic;
import dev.waybill.runtime.topics.TopicAdmin;
import dev.waybill.runtime.topics.UntilAnswered;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looking at topics and creating them, also when somebody else does. */
@ExtendWith(Servers.class)
@Timeout(60)
final class TopicAdminTest {
  private final String name = Servers.newName();
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", Servers.kafka().bootstrapServers());
  private final Admin admin = Admin.create(client);
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

    FoundTopic found = whenTheBrokerShowsIt();
    assertThat(found.partitions()).isEqualTo(3);
    assertThat(found.replicas()).isEqualTo(1);
    assertThat(found.number("retention.ms")).isEqualTo(1000);
    assertThat(found.number("max.message.bytes")).as("the broker's default").isPositive();
  }

  /** A broker acknowledges a topic a moment before it shows it. */
  private FoundTopic whenTheBrokerShowsIt() throws InterruptedException {
    UntilAnswered.Unanswered failsWithTheReason =
        failure -> assertThat(failure).as("what Kafka said").isNull();
    return new UntilAnswered(client, Duration.ofMillis(20), failsWithTheReason)
        .ask(topics -> topics.find(name));
  }

  @Test
  void topicThatTheBrokerRefusesIsAFailure() {
    assertThatThrownBy(() -> topics.create(name, 3, (short) 9, Map.of()))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InvalidReplicationFactorException.class);
  }
}
