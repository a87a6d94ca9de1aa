package dev.waybill.proof.world;

import dev.waybill.runtime.Closer;
import dev.waybill.stack.KafkaServer;
import dev.waybill.stack.LocalKafka;
import dev.waybill.stack.LocalKafka.Detour;
import dev.waybill.stack.LocalKafka.Node;
import dev.waybill.stack.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** A cluster of real brokers, each a controller, too; each topic has as many replicas. */
public final class Brokers implements KafkaServer {
  private final List<LocalKafka> brokers = new ArrayList<>();

  private Brokers() {}

  /**
   * Starts all of them; blocks until each answers.
   *
   * @param detours of the broker of an index from 0
   */
  static Brokers start(Path folder, int count, IntFunction<List<Detour>> detours) {
    List<Integer> controllers = Stream.generate(Ports::free).limit(count).toList();
    String cluster = Uuid.randomUuid().toString();
    Brokers started = new Brokers();
    try {
      for (int index = 0; index < count; index++) {
        Node node = new Node(index + 1, Ports.free(), controllers, cluster, detours.apply(index));
        started.brokers.add(LocalKafka.begin(folder.resolve("kafka-" + node.id()), node));
      }
      started.brokers.forEach(LocalKafka::awaitAnswer);
      return started;
    } catch (RuntimeException failure) {
      started.close();
      throw failure;
    }
  }

  public int count() {
    return brokers.size();
  }

  /** One of them, by an index from 0. */
  public KafkaServer broker(int index) {
    return brokers.get(index);
  }

  @Override
  public String bootstrapServers() {
    return brokers.stream().map(KafkaServer::bootstrapServers).collect(Collectors.joining(","));
  }

  @Override
  public void kill() {
    brokers.forEach(LocalKafka::kill);
  }

  @Override
  public void stop() {
    IntStream.range(0, brokers.size()).parallel().forEach(index -> brokers.get(index).stop());
  }

  @Override
  public void start() {
    IntStream.range(0, brokers.size()).parallel().forEach(index -> brokers.get(index).start());
  }

  @Override
  public void close() {
    try (Closer closer = new Closer()) {
      brokers.forEach(closer::add);
    }
  }
}
