package dev.waybill.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers; who asks for what is already being fetched waits for that. Failures go to all
 * who waited, and are forgotten.
 */
final class OncePerKey<K, V> {
  private final ConcurrentHashMap<K, CompletableFuture<V>> answers = new ConcurrentHashMap<>();

  /**
   * @throws InterruptedException if this thread is interrupted while another one fetches
   */
  V get(K key, Function<K, V> fetch) throws InterruptedException {
    while (true) {
      CompletableFuture<V> known = answers.get(key);
      CompletableFuture<V> mine = new CompletableFuture<>();
      if (known == null) {
        known = answers.putIfAbsent(key, mine);
      }
      if (known == null) {
        return fetch(key, fetch, mine);
      }
      try {
        return known.get();
      } catch (ExecutionException e) {
        if (!isInterruptionOfAnother(e.getCause())) {
          throw rethrown(e);
        }
      }
    }
  }

  private V fetch(K key, Function<K, V> fetch, CompletableFuture<V> mine) {
    try {
      V value = fetch.apply(key);
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      answers.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static boolean isInterruptionOfAnother(@Nullable Throwable failure) {
    return failure != null && failure.getCause() instanceof InterruptedException;
  }

  private static RuntimeException rethrown(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e.getCause());
  }
}
