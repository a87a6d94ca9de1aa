package dev.waybill.console.cli;

import java.util.HexFormat;

/** Escapes of JSON beyond those that it asks for. */
final class Escapes {
  private Escapes() {}

  /** The same JSON without characters that change what a terminal shows; line feeds stay. */
  static String ofJson(String json) {
    StringBuilder shown = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char one = json.charAt(i);
      int type = Character.getType(one);
      boolean harmless = one == '\n' || (type != Character.CONTROL && type != Character.FORMAT);
      if (harmless && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR) {
        shown.append(one);
      } else {
        shown.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(one));
      }
    }
    return shown.toString();
  }
}
