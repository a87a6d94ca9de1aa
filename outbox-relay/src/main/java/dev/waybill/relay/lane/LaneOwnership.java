package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.UnreadableCursorException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the lanes among the relay's instances with a Kafka consumer group: who is assigned a
 * partition of the cursor topic owns that lane. The consumer is a member and nothing else; its
 * partitions stay paused.
 *
 * <p>The group only keeps two instances from working on a lane for long. That no two publish is the
 * transactional producers' doing.
 */
final class LaneOwnership implements Membership, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneOwnership.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration CONFIRMATION = Duration.ofSeconds(2);

  /** How often the group is asked to share the lanes anew until it has. */
  private static final Duration SHARED_ANEW = Duration.ofSeconds(1);

  private final String topic;
  private final Duration session;
  private final Map<String, Object> config;
  private final LayoutWatch watch;
  private final MeterRegistry metrics;
  private final OwnedLanes lanes;
  private final ForeignGroup foreign;
  private final RelayListener listener;
  private final SharedLanes shared = new SharedLanes();
  private final Thread thread = new Thread(this::run, "lane-ownership");
  private volatile boolean stopping;
  private volatile @Nullable Heartbeat heartbeat;
  private volatile @Nullable String replaced;
  private volatile @Nullable String clash;
  private volatile boolean confirmationWanted;
  private volatile long confirmedAt = System.nanoTime();
  private long sharedAnewAt = System.nanoTime() - SHARED_ANEW.toNanos();

  LaneOwnership(
      Lanes.KafkaSide kafka,
      LayoutWatch watch,
      MeterRegistry metrics,
      RelayListener listener,
      BiFunction<Integer, Membership, Lane> laneOf) {
    this.watch = watch;
    this.listener = listener;
    this.topic = kafka.cursorTopic();
    this.session = kafka.sessionTimeout();
    this.metrics = metrics;
    this.lanes = new OwnedLanes(lane -> laneOf.apply(lane, this));
    this.foreign = new ForeignGroup(kafka);
    this.config =
        LaneClients.member(
            kafka.clientConfig(), kafka.relay(), kafka.instance(), kafka.sessionTimeout());
    config.put(LaneAssignor.LANES, shared);
  }

  void start() {
    thread.start();
  }

  /** Whose the group is when it is not the relay's; empty when that is not known. Blocks. */
  Optional<String> clash() {
    try {
      return foreign.clash();
    } catch (KafkaException notAnswered) {
      log.debug("could not ask whose the group is; joining will tell", notAnswered);
      return Optional.empty();
    }
  }

  /** Why this instance is no member of the group, as far as it knows; empty when it is. */
  Optional<String> notJoined() {
    String known = clash;
    if (known != null) {
      return Optional.of(known);
    }
    Heartbeat last = heartbeat;
    if (last == null) {
      return Optional.of("not yet a member of the group that shares the lanes");
    }
    Duration silence = last.silence();
    return silence.compareTo(session) > 0
        ? Optional.of("no heartbeat to the group's coordinator for " + silence.toSeconds() + " s")
        : Optional.empty();
  }

  /** Why this instance may not go on: another one has its name; empty when none has. */
  Optional<String> replaced() {
    return Optional.ofNullable(replaced);
  }

  @Override
  public boolean confirmedSince(long nanoTime) {
    if (confirmedAt - nanoTime > 0) {
      return true;
    }
    confirmationWanted = true;
    return false;
  }

  private void run() {
    while (!stopping) {
      try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config);
          KafkaClientMetrics clientMetrics = new KafkaClientMetrics(consumer)) {
        clientMetrics.bindTo(metrics);
        consumer.subscribe(List.of(topic), new Assignments(consumer));
        while (!stopping) {
          shareAnew(consumer);
          consumer.poll(POLL);
          confirm(consumer);
          if (heartbeat == null && !consumer.groupMetadata().memberId().isEmpty()) {
            heartbeat = Heartbeat.of(consumer);
            clash = null;
          }
        }
      } catch (FencedInstanceIdException another) {
        replaced =
            "another relay has joined as %s; each needs a RELAY_INSTANCE of its own"
                .formatted(config.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        break;
      } catch (InconsistentGroupProtocolException othersGroup) {
        heartbeat = null;
        refused(clash().orElse("RELAY_NAME: the consumer group has members of another kind"));
        lanes.stopAll();
        pause();
      } catch (RuntimeException failure) {
        heartbeat = null;
        log.error(
            "left the group that shares the lanes; joining again in {} s",
            RETRY.toSeconds(),
            failure);
        lanes.stopAll();
        pause();
      }
    }
    lanes.stopAll();
  }

  /** Lanes that are new have no owner before the group shares them, too. */
  private void shareAnew(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      Optional<Layout> layout = watch.layout();
      layout.filter(there -> there.before() == null).map(Layout::lanes).ifPresent(listener::layout);
      int lanes = layout.map(Layout::lanes).orElse(1);
      if (shared.want(lanes) && System.nanoTime() - sharedAnewAt > SHARED_ANEW.toNanos()) {
        sharedAnewAt = System.nanoTime();
        consumer.enforceRebalance("there are " + lanes + " lanes");
      }
    } catch (KafkaException | UnreadableCursorException away) {
      log.debug("could not ask which lanes there are; those that are owned report it", away);
    }
  }

  private void refused(String reason) {
    if (!reason.equals(clash)) {
      log.error("no lane is owned until this is put right: {}", reason);
    }
    clash = reason;
  }

  /**
   * Commits an offset that nobody reads: the coordinator takes it only from a member of the current
   * generation. Who is none hears of it in the next poll.
   */
  private void confirm(KafkaConsumer<byte[], byte[]> consumer) {
    if (confirmationWanted && !lanes.numbers().isEmpty()) {
      long asked = System.nanoTime();
      TopicPartition own = new TopicPartition(topic, lanes.numbers().first());
      try {
        consumer.commitSync(Map.of(own, new OffsetAndMetadata(0)), CONFIRMATION);
        confirmationWanted = false;
        confirmedAt = asked;
      } catch (KafkaException notConfirmed) {
        log.debug("membership is not confirmed; asking again", notConfirmed);
      }
    }
  }

  private void pause() {
    long end = System.nanoTime() + RETRY.toNanos();
    for (long left = RETRY.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  /** Stops the lanes, each after its transaction in progress, and leaves the group. Blocks. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;

    Assignments(KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      lanes.start(numbers(partitions));
      if (!partitions.isEmpty()) {
        log.info("owns lanes {}", lanes.numbers());
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      lanes.stop(numbers(partitions));
      if (!partitions.isEmpty()) {
        log.info("gave lanes up, still owns {}", lanes.numbers());
      }
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).toList();
    }
  }
}
