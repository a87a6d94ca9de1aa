package dev.waybill.console.cli;

/** What may be printed on a terminal: nothing that it would take for a command. */
final class Terminal {
  private Terminal() {}

  /**
   * The text with everything that no glyph stands for written out: control characters, escape
   * sequences, and what changes the direction of text. Line feeds and tabs, too.
   */
  static String harmless(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            one -> {
              switch (Character.getType(one)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    shown.append("\\u{").append(Integer.toHexString(one)).append('}');
                default -> shown.appendCodePoint(one);
              }
            });
    return shown.toString();
  }
}
