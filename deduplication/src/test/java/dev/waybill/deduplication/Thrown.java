package dev.waybill.deduplication;

/** Throws as languages do that know no checked exceptions. */
final class Thrown {
  private Thrown() {}

  /** Throws it, whatever it is. */
  static RuntimeException unchecked(Throwable failure) {
    throw Thrown.<RuntimeException>as(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nobody checks the cast
  private static <T extends Throwable> T as(Throwable failure) throws T {
    throw (T) failure;
  }
}
