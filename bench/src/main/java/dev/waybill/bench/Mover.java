package dev.waybill.bench;

import java.sql.SQLException;

/** What moves the outbox's committed rows to a topic: the relay, or what is compared with it. */
interface Mover {

  /** For the report. */
  String name();

  /** From here on, what is written to the outbox will be moved. */
  void prepare(Database database) throws SQLException;

  /** Starts it; returns at once. The topic exists. */
  Running launch(Stage stage, Database database, String topic);

  /** Undoes what {@link #prepare} did; nothing runs any more. */
  void release(Database database) throws SQLException, InterruptedException;

  /** Its process. */
  interface Running extends AutoCloseable {
    long pid();

    /** How many Kafka transactions it has committed since it was started; 0 if it uses none. */
    double commits();

    /** Fails when it has ended meanwhile. */
    void requireAlive();

    /** Ends the process and waits until it is gone. */
    @Override
    void close();
  }
}
