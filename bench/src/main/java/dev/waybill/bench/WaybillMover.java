package dev.waybill.bench;

/** The relay with the settings that people get. */
record WaybillMover() implements Mover {
  @Override
  public String name() {
    return "relay";
  }

  /** A relay without a cursor begins with the first row. */
  @Override
  public void prepare(Database database) {}

  @Override
  public RelayProcess launch(Stage stage, Database database, String topic) {
    return RelayProcess.launch(stage, topic, stage.relayEnvironment(database, topic));
  }

  @Override
  public void release(Database database) {}
}
