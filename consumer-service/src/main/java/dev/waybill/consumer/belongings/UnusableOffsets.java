package dev.waybill.consumer.belongings;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says and counts the committed offsets from which the group cannot go on, each once. The consumer
 * itself begins such a partition at its first record, without a word. Of one thread.
 */
public final class UnusableOffsets {
  private static final Logger log = LoggerFactory.getLogger(UnusableOffsets.class);

  private final String group;
  private final MeterRegistry metrics;
  private final Set<String> said = new HashSet<>();

  /** Why an offset cannot be used. */
  enum Cause {
    /** There is none, and B remembers records of the partition. */
    MISSING,
    /** The topic ends before it. */
    BEYOND_END,
    /** B has read up to it, and nothing is in the store that remembers the topic's records. */
    FORGOTTEN,
    /** The topic begins behind it: what was between was deleted before it was read. */
    BEFORE_BEGIN;

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Has found nothing yet. */
  public UnusableOffsets(String group, MeterRegistry metrics) {
    this.group = group;
    this.metrics = metrics;
    for (Cause cause : Cause.values()) {
      counter(cause).increment(0);
    }
  }

  private Counter counter(Cause cause) {
    return Counter.builder("waybill.consumer.offsets.unusable")
        .description("Partitions in which B could not go on at its committed offset")
        .tag("cause", cause.tag())
        .register(metrics);
  }

  /**
   * Says what is unusable and was not said yet.
   *
   * @param remembered the partitions of which B remembers records
   */
  public void report(Reading reading, Set<Integer> remembered) {
    missing(
        found(
            Cause.MISSING,
            reading,
            at -> at.committed() == null && remembered.contains(at.partition())),
        reading);
    for (Reading.Position at :
        found(
            Cause.BEYOND_END, reading, at -> at.committed() != null && at.committed() > at.end())) {
      log.warn(
          "{}-{} ends at {}, and group {} has read it up to {}: the topic was made again, or lost its"
              + " end. B reads the partition from the beginning; what it knows is recognised",
          reading.topic(),
          at.partition(),
          at.end(),
          group,
          at.committed());
    }
    for (Reading.Position at :
        found(
            Cause.BEFORE_BEGIN,
            reading,
            at -> at.committed() != null && at.committed() < at.begin())) {
      log.error(
          "{}-{} begins at {}, and group {} has read it up to {}: up to {} records were deleted before"
              + " B read them, and their effects are missing. {}",
          reading.topic(),
          at.partition(),
          at.begin(),
          group,
          at.committed(),
          at.begin() - next(at),
          Pages.BUILD_ANEW);
    }
  }

  /** Says that the group has read a topic of which no store remembers anything. */
  void reportForgotten(Reading reading, String changelog) {
    if (!found(Cause.FORGOTTEN, reading, at -> at.committed() != null).isEmpty()) {
      log.warn(
          "group {} has read some of {}, and {} is empty: unless nothing came but records that"
              + " cannot be used, B's stores were lost. {}",
          group,
          reading.topic(),
          changelog,
          Pages.BUILD_ANEW);
    }
  }

  private static long next(Reading.Position at) {
    return at.committed() == null ? at.begin() : at.committed();
  }

  private void missing(List<Reading.Position> found, Reading reading) {
    if (!found.isEmpty()) {
      log.warn(
          "group {} has no committed offsets of {}, partitions {}, and B has stores of them: it was"
              + " without members for longer than the broker's offsets.retention.minutes, or they were"
              + " deleted, or the topic was made again. B reads these partitions from the beginning;"
              + " what it knows is recognised and takes no effect again",
          group,
          reading.topic(),
          found.stream()
              .map(at -> Integer.toString(at.partition()))
              .collect(Collectors.joining(", ")));
    }
  }

  private List<Reading.Position> found(
      Cause cause, Reading reading, Predicate<Reading.Position> unusable) {
    List<Reading.Position> found =
        reading.positions().stream()
            .filter(unusable)
            .filter(
                at ->
                    said.add(
                        reading.topic()
                            + " "
                            + at.partition()
                            + " "
                            + cause
                            + " "
                            + at.committed()))
            .toList();
    counter(cause).increment(found.size());
    return found;
  }
}
