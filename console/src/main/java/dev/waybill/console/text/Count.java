package dev.waybill.console.text;

/** How many there are of something, in words: {@code 1 letter}, {@code 2 letters}. */
public final class Count {
  private Count() {}

  /** Of what gets an s when it is not one. */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** Of what becomes another word when it is not one. */
  public static String of(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
