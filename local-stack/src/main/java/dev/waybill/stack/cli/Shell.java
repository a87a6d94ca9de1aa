package dev.waybill.stack.cli;

import java.util.regex.Pattern;

/** What people are told to type. */
final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+@%-]+");

  private Shell() {}

  /** One word of a shell's command line. */
  static String quoted(Object word) {
    String text = word.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
