package dev.waybill.consumer.belongings;

/** Where messages send their readers. */
final class Pages {
  static final String MORE_PARTITIONS =
      "docs/operations.md, \"More partitions\", has the way that works";
  static final String MORE_REPLAY_PARTITIONS =
      "B does not start on it; docs/consumer.md, \"Dead letters\", has the way that works";
  static final String BUILD_ANEW =
      "docs/operations.md, \"Building B anew\", has the way that works";

  private Pages() {}
}
