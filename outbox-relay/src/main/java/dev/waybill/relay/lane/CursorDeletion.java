package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.runtime.transactions.Answers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Deletes a lane's cursor: writes a record without a value, into the lane's own partition, where
 * tools that choose the partition by the key would not write it.
 */
public final class CursorDeletion {
  private static final Duration READ_LIMIT = Duration.ofSeconds(30);

  private final String relay;
  private final String cursorTopic;
  private final Map<String, Object> clientConfig;

  public CursorDeletion(String relay, String cursorTopic, Map<String, Object> clientConfig) {
    this.relay = relay;
    this.cursorTopic = cursorTopic;
    this.clientConfig = clientConfig;
  }

  /** Which lanes there are; empty when no relay has been there. */
  public Optional<Layout> layout() {
    try (CursorRecords records = new CursorRecords(relay, cursorTopic, clientConfig, READ_LIMIT)) {
      return Optional.ofNullable(records.layout());
    }
  }

  /** The relay's instances that are there; an owner of the lane would write its cursor again. */
  public List<String> running() {
    try (Admin admin = Admin.create(clientConfig)) {
      var group = Answers.of(admin.describeConsumerGroups(List.of(relay)).all()).get(relay);
      return Objects.requireNonNull(group).members().stream()
          .map(MemberDescription::clientId)
          .toList();
    } catch (GroupIdNotFoundException nobodyEver) {
      return List.of();
    }
  }

  /**
   * Blocks until it is written; the lane then begins with the first retained row.
   *
   * @throws KafkaException when it was not
   */
  public void delete(int lane, Layout layout) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    byte[] key = CursorRecords.key(relay, lane, layout.generation());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      var written = producer.send(new ProducerRecord<>(cursorTopic, lane, key, null));
      producer.flush();
      written.get();
    } catch (ExecutionException failure) {
      throw new KafkaException(failure.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
