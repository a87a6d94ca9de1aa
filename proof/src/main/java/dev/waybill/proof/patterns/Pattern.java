package dev.waybill.proof.patterns;

/** How A books, and tells B of it. Called by several threads at once. */
@FunctionalInterface
public interface Pattern {

  /**
   * Books; B was told, or will be, as far as the pattern can promise.
   *
   * @throws Exception when A refuses; what has happened then is the pattern's
   */
  void book(BookingRequest request) throws Exception;
}
