package dev.waybill.schemas.compatibility;

/** What a schema can be refused for. */
public enum Rule {
  /** Not a schema at all. */
  INVALID_SCHEMA,
  /** A field's default is not of the field's type, or of a union's second branch. */
  INVALID_DEFAULT,
  /** A logical type that Avro would ignore: unknown, beside its type, or not fitting it. */
  INVALID_LOGICAL_TYPE,
  /**
   * An alias that fits two fields or types, here or together with an older version: which is read?
   * Or one that Avro cannot apply, because a default has the old name.
   */
  INVALID_ALIAS,
  /** Older events lack the field, and nothing says what it is then. */
  FIELD_WITHOUT_DEFAULT,
  /** Older readers need the field. */
  FIELD_REMOVED,
  /** A field has another name, or seems to, and no alias for the name in older events. */
  FIELD_RENAMED,
  /** One side cannot read the other's type, or not all of its values. */
  TYPE_CHANGED,
  /** A record, enum or fixed has another name. */
  TYPE_RENAMED,
  /** The same name in another namespace, which Avro's check lets pass and readers do not. */
  NAMESPACE_CHANGED,
  /** The bytes can be read, and mean something else. */
  LOGICAL_TYPE_CHANGED,
  /** Older readers do not know the symbol, and have no default for it. */
  ENUM_SYMBOL_ADDED,
  /** Older events have the symbol; at best it would be read as the default. */
  ENUM_SYMBOL_REMOVED,
  /** Older readers do not know what the value can be now. */
  UNION_BRANCH_ADDED,
  /** Older events can hold what the value can no longer be. */
  UNION_BRANCH_REMOVED,
  /** A released file is not what was released. */
  RELEASE_CHANGED
}
