package dev.waybill.proof.patterns;

/** What works behind A's requests, in a process of its own. */
@FunctionalInterface
public interface Worker {

  /** Works until the process ends. */
  void work() throws InterruptedException;
}
