package dev.waybill.proof.systems;

/** The topics between A and B, and behind B, by the names that they have by default. */
public final class Topics {
  public static final String EVENTS = "orders.events";
  public static final String DEAD_LETTERS = "orders.events.dead-letters";
  public static final String REPLAYS = "orders.events.replays";
  public static final String NOTIFICATIONS = "customer.notifications";

  private Topics() {}
}
