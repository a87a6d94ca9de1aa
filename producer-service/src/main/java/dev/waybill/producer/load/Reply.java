package dev.waybill.producer.load;

/**
 * What a service answered.
 *
 * @param status 0 when there was no answer
 */
record Reply(int status, String location, String body, boolean retryAfter) {
  static Reply none(String why) {
    return new Reply(0, "", why, false);
  }

  /** Whether the same request may get another answer later. */
  boolean maybeLater() {
    return status == 0 || status >= 500 || retryAfter;
  }

  boolean sameAs(Reply other) {
    return status == other.status && location.equals(other.location) && body.equals(other.body);
  }
}
