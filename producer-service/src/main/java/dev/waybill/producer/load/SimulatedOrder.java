package dev.waybill.producer.load;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the run knows of an order. Not thread-safe by itself: its steps follow one another, and each
 * sees what the last one left through the future that it waited for.
 */
final class SimulatedOrder {
  private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
  private @Nullable UUID id;
  private long version;
  private boolean erased;

  /**
   * Queues behind the order's earlier steps. Called by one thread, in the order of the steps.
   *
   * @param mine completed by the step, with whether it was acknowledged
   * @return the same of the step before
   */
  CompletableFuture<Boolean> after(CompletableFuture<Boolean> mine) {
    CompletableFuture<Boolean> before = last;
    last = mine;
    return before;
  }

  String path() {
    return id == null ? "/orders" : "/orders/" + id;
  }

  void changed(UUID knownId, long newVersion) {
    id = knownId;
    version = newVersion;
  }

  void erased() {
    version++;
    erased = true;
  }

  long version() {
    return version;
  }

  Optional<LoadedOrder> acknowledged() {
    return Optional.ofNullable(id).map(known -> new LoadedOrder(known, version, erased));
  }
}
