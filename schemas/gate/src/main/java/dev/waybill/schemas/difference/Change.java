package dev.waybill.schemas.difference;

/**
 * One difference between two versions.
 *
 * @param path of the field, as {@code order.lines[].sku}; empty for the schema itself
 * @param text what happened, in words that follow the path
 */
public record Change(Kind kind, String path, String text) {

  /** What kind of difference. */
  public enum Kind {
    FIELD_ADDED,
    FIELD_REMOVED,
    FIELD_RENAMED,
    FIELDS_REORDERED,
    TYPE,
    DEFAULT,
    ALIASES,
    NAME,
    SYMBOLS,
    /** What no reader sees: doc. */
    DOCUMENTATION,
    /** A property that Avro gives no meaning to. */
    PROPERTY
  }
}
