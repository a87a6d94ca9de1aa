package dev.waybill.console.letters;

/** How much of keys and values is shown. */
public enum Payloads {
  /** Nothing but their sizes. */
  NONE,
  /** The names of fields, and of their values only what they are. */
  MASKED,
  /** All of it. */
  FULL
}
