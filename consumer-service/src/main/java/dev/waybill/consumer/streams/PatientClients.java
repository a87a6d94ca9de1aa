package dev.waybill.consumer.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients, of which a stream thread's consumer waits before its first poll when a
 * thread has failed before: there, and only there, the thread has no task and no transaction is
 * open. Its producer brings what it has left to its end when it is initialised.
 */
final class PatientClients implements KafkaClientSupplier {
  private final Failures failures;
  private final OwnEnds ends;

  PatientClients(Failures failures, OwnEnds ends) {
    this.failures = failures;
    this.ends = ends;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new EndingProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new PatientConsumer(config, failures.pause());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return consumer(config);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private final class PatientConsumer extends KafkaConsumer<byte[], byte[]> {
    private Duration pause;

    PatientConsumer(Map<String, Object> config, Duration pause) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.pause = pause;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (!pause.isNegative() && !pause.isZero()) {
        try {
          failures.await(pause);
        } catch (InterruptedException interrupted) {
          throw new InterruptException(interrupted);
        }
        pause = Duration.ZERO;
      }
      return super.poll(timeout);
    }
  }

  private final class EndingProducer extends KafkaProducer<byte[], byte[]> {
    private final ProducerEnds its;

    EndingProducer(Map<String, Object> config) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.its = ends.of(String.valueOf(config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG)));
    }

    @Override
    public void initTransactions() {
      its.initialise(super::initTransactions);
    }

    @Override
    public void beginTransaction() {
      its.awaitLast();
      super.beginTransaction();
    }

    @Override
    public void commitTransaction() {
      super.commitTransaction();
      its.committed();
    }

    @Override
    public void abortTransaction() {
      its.abort(super::abortTransaction);
    }
  }
}
