package dev.waybill.schemas.gate;

/** How a working schema stands to the last version released. */
public enum State {
  /** Nothing was released yet. */
  NEW,
  /** It is the last version. */
  RELEASED,
  /** Only what no reader sees is different: documentation. */
  DOCUMENTATION,
  /** It is another schema. */
  CHANGED,
  /** It is no schema. */
  INVALID
}
