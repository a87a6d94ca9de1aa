package dev.waybill.proof.world;

import dev.waybill.stack.StackService;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes again that have ended and that nobody has stopped, a second later: what compose
 * and orchestrators do. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final long LOOK_MILLIS = 200;
  private static final long PAUSE_MILLIS = 1_000;

  private final Map<Member, StackService> services;
  private final Function<Member, List<Path>> classesFirst;
  private final Set<Member> left = ConcurrentHashMap.newKeySet();
  private final Map<Member, Long> endedAt = new EnumMap<>(Member.class);
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread supervisor = new Thread(work, "supervisor");
            supervisor.setDaemon(true);
            return supervisor;
          });

  /**
   * Does nothing yet.
   *
   * @param services whose number changes no more once it has begun
   * @param classesFirst with which each is started
   */
  Supervisor(Map<Member, StackService> services, Function<Member, List<Path>> classesFirst) {
    this.services = services;
    this.classesFirst = classesFirst;
  }

  /**
   * Begins to look.
   *
   * @param told of each that was started again
   */
  void begin(Consumer<Exit> told) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> services.keySet().forEach(member -> look(member, told)),
            LOOK_MILLIS,
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Leaves the member as it is, when it ends. */
  void leave(Member member) {
    left.add(member);
  }

  /** Takes back {@link #leave}. */
  void release(Member member) {
    left.remove(member);
  }

  private void look(Member member, Consumer<Exit> told) {
    try {
      StackService service = services.get(member);
      OptionalInt status =
          service == null || left.contains(member) ? OptionalInt.empty() : service.endedByItself();
      if (service == null || status.isEmpty()) {
        endedAt.remove(member);
        return;
      }
      long now = System.currentTimeMillis();
      long at = endedAt.computeIfAbsent(member, first -> now);
      if (now - at >= PAUSE_MILLIS && service.startAgain(classesFirst.apply(member))) {
        endedAt.remove(member);
        told.accept(new Exit(member, at, now, status.getAsInt()));
      }
    } catch (RuntimeException failure) {
      log.warn("{} is not started again; it is tried once more", member.text(), failure);
    }
  }

  /** Looks no more; returns when nothing is being started. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
