package dev.waybill.proof.checker;

/** Where a record is in a topic. */
record Position(int partition, long offset) {
  @Override
  public String toString() {
    return "partition " + partition + ", offset " + offset;
  }
}
