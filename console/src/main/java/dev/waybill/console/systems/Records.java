package dev.waybill.console.systems;

import dev.waybill.deduplication.LetterPlace;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that are read one by one, by where they are. */
public interface Records {

  /**
   * The record at a place; empty when it is not there any more, or not yet, or was never committed.
   *
   * @throws AwayException when the broker does not answer
   */
  Optional<ConsumerRecord<byte[], byte[]>> record(LetterPlace place);

  /**
   * The last records of a partition, in their order; none where there is no such partition.
   *
   * @throws AwayException when the broker does not answer
   */
  List<ConsumerRecord<byte[], byte[]>> last(String topic, int partition, int most);

  /**
   * How many partitions a topic has; 0 when there is none.
   *
   * @throws AwayException when the broker does not answer
   */
  int partitions(String topic);
}
