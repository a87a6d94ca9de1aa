package dev.waybill.schemas.compatibility;

import java.util.Collection;

/** What is said of the same thing in more than one place. */
final class Remedies {
  private Remedies() {}

  static String otherField() {
    return "keep the type, and add a field of another name with the new type and a default";
  }

  static String keepBranch() {
    return "keep the type in the union";
  }

  static String symbolsAdded(Collection<String> symbols) {
    return "has the new "
        + symbols(symbols)
        + ", which readers without a default for it cannot read";
  }

  static String otherEnum() {
    return "add an optional field with a new enum, which has a \"default\" from its first version on";
  }

  static String symbolsRemoved(Collection<String> symbols) {
    return "has lost the " + symbols(symbols) + ", which older events have";
  }

  static String keepSymbols(Collection<String> symbols) {
    return "keep " + String.join(", ", symbols) + ", though nobody writes it any more";
  }

  private static String symbols(Collection<String> symbols) {
    return (symbols.size() == 1 ? "symbol " : "symbols ") + String.join(", ", symbols);
  }
}
