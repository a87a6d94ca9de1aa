package dev.waybill.producer.orders;

import org.jspecify.annotations.Nullable;

/** What an order's transitions were told; each is there from its transition on. */
public record Particulars(
    @Nullable String paymentReference,
    @Nullable String carrier,
    @Nullable String trackingNumber,
    @Nullable String cancellationReason) {

  static final Particulars NONE = new Particulars(null, null, null, null);

  Particulars paid(String reference) {
    return new Particulars(reference, carrier, trackingNumber, cancellationReason);
  }

  Particulars shipped(String by, String number) {
    return new Particulars(paymentReference, by, number, cancellationReason);
  }

  Particulars cancelled(String reason) {
    return new Particulars(paymentReference, carrier, trackingNumber, reason);
  }
}
