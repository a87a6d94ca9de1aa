package dev.waybill.proof.relay;

/** The steps of a lane, in order. */
enum Step {
  LANE_STARTED,
  PAGE_READ,
  TRANSACTION_BEGUN,
  RECORDS_SENT,
  CURSOR_SENT,
  COMMITTED
}
