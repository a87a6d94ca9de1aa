package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody else initialises the lane's producers while its owner, who is told nothing, stands
 * between two steps. What it then does must be refused, whether or not it has begun a transaction.
 */
@ExtendWith(Servers.class)
class FencingTest {
  private static final List<String> PARCELS = List.of("a", "b", "c");

  /** Stops at a step the first time, until it is let go. */
  private static final class Standing extends StepListener {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    final AtomicInteger fenced = new AtomicInteger();
    private final AtomicBoolean stood = new AtomicBoolean();
    private final Step step;

    Standing(Step step) {
      this.step = step;
    }

    @Override
    void reached(Step now) {
      if (now == step && stood.compareAndSet(false, true)) {
        reached.countDown();
        try {
          assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void laneFenced(int lane) {
      fenced.incrementAndGet();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PAGE_READ", "TRANSACTION_BEGUN", "RECORDS_SENT", "CURSOR_SENT"})
  void whatAFencedOwnerDoesIsRefused(Step step) throws Exception {
    RelayWorld world = new RelayWorld(1).with("RELAY_PAGE_ROWS", "4");
    Standing owner = new Standing(step);
    try (Events events = world.events();
        Relay relay = world.start(owner)) {
      events.commitAll(PARCELS, 1, 3);
      assertThat(owner.reached.await(60, TimeUnit.SECONDS)).isTrue();

      initialise(world.name() + "-0-0");
      initialise(world.name() + "-0-1");
      owner.released.countDown();

      await().atMost(RelayWorld.LIMIT).until(() -> owner.fenced.get() > 0);
      world.assertPublishedOnceInOrder(PARCELS, 3);
      assertThat(RelayWorld.get(relay, "/metrics"))
          .containsPattern("waybill_relay_fenced_total\\{lane=\"0\"} [1-9]");
    }
  }

  private static void initialise(String transactionalId) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            Servers.kafka().bootstrapServers(),
            "transactional.id",
            transactionalId);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.close(Duration.ZERO);
    }
  }
}
