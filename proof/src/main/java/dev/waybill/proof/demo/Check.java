package dev.waybill.proof.demo;

/**
 * One line of the verdict.
 *
 * @param value what was found, for people
 * @param holds whether that is as it must be
 */
record Check(String name, String value, boolean holds) {

  /** A number that is only told. */
  static Check told(String name, Object value) {
    return new Check(name, String.valueOf(value), true);
  }

  /** A number that must be another one. */
  static Check equal(String name, long value, long must) {
    String text = value == must ? Long.toString(value) : value + ", but must be " + must;
    return new Check(name, text, value == must);
  }
}
