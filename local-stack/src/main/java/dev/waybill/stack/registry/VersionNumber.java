package dev.waybill.stack.registry;

import java.util.Locale;

/** A version as a path names it: a number, or the latest one. */
record VersionNumber(int number) {
  private static final int LATEST = -1;

  /** From 1 to 2^31 - 1; {@code latest} and -1 are the latest. */
  static VersionNumber of(String text) {
    if (text.strip().toLowerCase(Locale.ROOT).equals("latest")) {
      return new VersionNumber(LATEST);
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 || number == LATEST) {
        return new VersionNumber(number);
      }
    } catch (NumberFormatException notANumber) {
      throw RegistryError.invalidVersion(text);
    }
    throw RegistryError.invalidVersion(text);
  }

  boolean isLatest() {
    return number == LATEST;
  }
}
