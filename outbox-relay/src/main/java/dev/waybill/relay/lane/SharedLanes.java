package dev.waybill.relay.lane;

/**
 * How many lanes the group is to share, and how many it has shared as far as this member was told.
 * Thread-safe.
 */
final class SharedLanes {
  private volatile int wanted = 1;
  private volatile int told = 1;

  int wanted() {
    return wanted;
  }

  /**
   * Sets how many there are.
   *
   * @return whether the group has shared another number
   */
  boolean want(int lanes) {
    wanted = lanes;
    return told != lanes;
  }

  void tell(int lanes) {
    told = lanes;
  }
}
