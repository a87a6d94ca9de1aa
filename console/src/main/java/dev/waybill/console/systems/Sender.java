package dev.waybill.console.systems;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records, and makes the topic that the console has of its own. */
public interface Sender {

  /**
   * Sends; returns when the broker has all of them.
   *
   * @throws AwayException when it does not take one; others may have been taken
   */
  void send(List<ProducerRecord<byte[], byte[]>> records);

  /**
   * Makes a topic unless it is there.
   *
   * @throws AwayException when the broker does not answer, or does not allow it
   */
  void makeTopic(String name, int partitions, Map<String, String> settings);
}
