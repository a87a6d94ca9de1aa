package dev.waybill.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers answers; who asks for what is already being fetched waits for that. Failures go. */
final class OncePerKey<K, V> {
  private final ConcurrentHashMap<K, CompletableFuture<V>> answers = new ConcurrentHashMap<>();

  V get(K key, Function<K, V> fetch) {
    CompletableFuture<V> known = answers.get(key);
    if (known != null) {
      return await(known);
    }
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> others = answers.putIfAbsent(key, mine);
    if (others != null) {
      return await(others);
    }
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

  private static <V> V await(CompletableFuture<V> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
