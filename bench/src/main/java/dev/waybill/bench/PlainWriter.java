package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends each event straight to the topic, and is done when it is handed over: the least that any
 * way from here to the reader can take.
 */
final class PlainWriter implements Schedule.Writer {
  private final KafkaProducer<byte[], byte[]> producer;
  private final byte[] payload = new byte[Backlog.PAYLOAD_BYTES];

  private PlainWriter(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
    new SplittableRandom(7).nextBytes(payload);
  }

  static Schedule.Opener opener(Stage stage) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            stage.bootstrapServers(),
            "compression.type",
            "none",
            "linger.ms",
            0);
    return new Schedule.Opener() {
      @Override
      public int writers() {
        return 1;
      }

      @Override
      public Schedule.Writer open() {
        return new PlainWriter(
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
      }
    };
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what was not sent never reaches the reader
  public void write(int event) {
    producer.send(
        new ProducerRecord<>("plain", Integer.toString(event).getBytes(US_ASCII), payload));
  }

  @Override
  public void close() {
    producer.close();
  }
}
