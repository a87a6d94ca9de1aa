package dev.waybill.bench;

/** What one turn of one of two movers found: from its start on a backlog, and at two rates. */
record PeerTurn(Start start, Traffic slow, Traffic fast) {

  /**
   * A process that is started on a backlog.
   *
   * @param millis from the process's start to the first event that a reader can have
   */
  record Start(double millis, RelayRun.Drain cold, RelayRun.Drain warm) {}
}
