package dev.waybill.producer.orders;

/** Where an order is in its life: placed, paid, shipped; or cancelled before it was shipped. */
public enum OrderStatus {
  PLACED,
  PAID,
  SHIPPED,
  CANCELLED
}
