package dev.waybill.consumer.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What an audit asks each instance: digests of the events that took effect in its partitions, by
 * the minute in their ids; and which instances there are.
 */
final class DigestRoute {
  private static final long MOST_MINUTES = 60;
  private static final int MOST_BUCKETS = 256;

  private final StoresView stores;

  /**
   * The digests of one instance.
   *
   * @param partitions that the instance has
   * @param next the first minute that was left out, because so many events were read before it;
   *     absent when all minutes are there
   * @param ids of the minute's events; absent unless they were asked for
   * @param idsTruncated whether there are more of them; absent when there are not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DigestsJson(
      Set<Integer> partitions,
      List<DigestJson> digests,
      @Nullable Instant next,
      @Nullable List<UUID> ids,
      @Nullable Boolean idsTruncated) {}

  /** Of one minute, partition and bucket in which any event took effect. */
  record DigestJson(Instant minute, int partition, int bucket, long count, String digest) {}

  /** The instances. */
  record InstancesJson(List<InstanceJson> instances) {}

  /** One of them. */
  record InstanceJson(String url, Set<Integer> partitions, boolean self) {
    static InstanceJson of(StoresView.Instance instance) {
      return new InstanceJson(
          "http://" + Utils.formatAddress(instance.host().host(), instance.host().port()),
          new TreeSet<>(instance.partitions()),
          instance.self());
    }
  }

  DigestRoute(StoresView stores) {
    this.stores = stores;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/digests", this::digests);
    config.routes.get("/instances", this::instances);
  }

  private void instances(Context context) {
    Query unused = Query.of(context, List.of());
    context.json(new InstancesJson(stores.instances().stream().map(InstanceJson::of).toList()));
  }

  private void digests(Context context) {
    Query query = Query.of(context, List.of("from", "to", "buckets", "bucket", "ids"));
    Instant from = minute(query, "from");
    Instant to = minute(query, "to");
    long minutes = Duration.between(from, to).toMinutes();
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw new BadRequestResponse("to must be 1 to 60 minutes behind from");
    }
    boolean withIds = query.flag("ids");
    if (withIds && minutes > 1) {
      throw new BadRequestResponse("ids can be had of one minute only: to must be one behind from");
    }
    int buckets = query.integer("buckets", 1, 1, MOST_BUCKETS);
    int bucket = query.integer("bucket", MinuteDigests.ALL, 0, buckets - 1);
    Set<Integer> partitions = new TreeSet<>(stores.keepers().here());
    MinuteDigests digests = new MinuteDigests(stores, partitions, buckets, bucket, withIds);
    Instant next = digests.read(from, to);
    context.json(
        new DigestsJson(
            partitions, digests.digests(), next, digests.ids(), digests.areIdsCut() ? true : null));
  }

  private static Instant minute(Query query, String name) {
    Instant minute = query.instant(name);
    if (minute == null || !MinuteDigests.isMinute(minute)) {
      throw new BadRequestResponse(name + " must be a whole minute such as 2026-11-28T07:00:00Z");
    }
    return minute;
  }
}
