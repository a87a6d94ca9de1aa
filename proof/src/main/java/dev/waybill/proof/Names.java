package dev.waybill.proof;

import java.util.Locale;

/** How constants are called where people write them: on command lines, in files, on pages. */
public final class Names {
  private Names() {}

  /** In small letters, with dashes. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
