package dev.waybill.proof.ledger;

/** The files of a ledger's folder: a line of JSON for each entry. */
enum Kind {
  RUN("run"),
  REQUEST("requests"),
  COMMITTED("committed"),
  PUBLISHED("published"),
  PUBLISHED_AT_REST("published-at-rest"),
  INJECTED("injected"),
  NOTIFIED("notified"),
  LETTER("letters"),
  REPLAYED("replayed"),
  KNOWN("known"),
  ROW("rows"),
  KNOWN_AGAIN("known-again"),
  REBUILT("rebuilt"),
  NEWCOMER("newcomer"),
  FAULT("faults"),
  SAMPLE("samples"),
  SIZE("sizes"),
  REST("rest");

  private final String name;

  Kind(String name) {
    this.name = name;
  }

  String file() {
    return name + ".ndjson";
  }
}
