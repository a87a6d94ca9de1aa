package dev.waybill.console.http;

import org.jspecify.annotations.Nullable;

/**
 * Whoever asks.
 *
 * @param name null for somebody who may only read
 * @param proof what this visitor's forms carry, and no other site can know
 * @param canLogIn whether a token would help
 */
public record Visitor(@Nullable String name, String proof, boolean canLogIn) {

  /** Whether actions are theirs to do. */
  public boolean mayAct() {
    return name != null;
  }
}
