package dev.waybill.outbox;

import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.RowCountQuery;

/**
 * Appends events to {@code outbox_event} in the caller's transaction: they become visible to the
 * relay when it commits, and never were when it rolls back. Nothing but PostgreSQL is needed: no
 * broker, no registry.
 *
 * <pre>{@code
 * Outbox outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcel.getClassSchema()));
 *
 * database.transaction(tx -> {
 *   long version = lockAndChange(tx, parcelId);                 // SELECT ... FOR UPDATE, UPDATE
 *   outbox.append(tx, OutboxEvent.of("parcel", parcelId, version, "ParcelSent", state));
 * });
 * }</pre>
 *
 * <p>Lock the aggregate's row before appending: that orders its events, and gives each its version.
 *
 * <p>Thread-safe; one for each database. Every method blocks on the database. The tables are found
 * through the connection's {@code search_path}.
 */
public final class Outbox {
  private final Door door;
  private final Insert insert = new Insert();

  private Outbox(Door door) {
    this.door = door;
  }

  /**
   * Opens the outbox: stores the schemas that will be written in {@code outbox_schema}, in a
   * transaction of its own, unless they are there. Any number of instances may do so at once. A
   * database that was restored to an earlier state needs its writers to open again.
   *
   * @param database outside any transaction
   * @param schemas of the payloads, all of them; the very instances that the payloads return from
   *     {@code getSchema()} are found quickest
   * @throws IllegalArgumentException if a schema is not a record's
   * @throws IllegalStateException if {@code database} is in a transaction; nothing of the outbox
   *     depends on what it then does
   * @throws org.jooq.exception.DataAccessException if the database fails, or has no outbox ({@link
   *     OutboxMigration}); nothing was stored
   */
  public static Outbox open(
      DSLContext database, OutboxSettings settings, Collection<Schema> schemas) {
    return new Outbox(new Door(settings, StoredSchemas.store(database, schemas)));
  }

  /**
   * Appends one event.
   *
   * @param tx a transaction of the caller's, as {@link DSLContext#transaction} hands it out. A
   *     connection that commits each statement is refused. What cannot be seen from here is a pool
   *     with auto-commit switched off and no transaction: there, as with any statement, the pool
   *     rolls the row back.
   * @throws RejectedEventException if the event could never be delivered; nothing was written, and
   *     the transaction may go on
   * @throws IllegalStateException if {@code tx} is not in a transaction; nothing was written
   * @throws org.jooq.exception.DataAccessException if the database fails; the transaction can only
   *     be rolled back, and nothing will have been written
   */
  public void append(Configuration tx, OutboxEvent event) {
    insert.rows(tx, List.of(door.admit(event)));
  }

  /**
   * Appends events in the order of the list, in one round trip; none if one of them is refused.
   * Otherwise as {@link #append(Configuration, OutboxEvent)}.
   */
  public void append(Configuration tx, List<OutboxEvent> events) {
    if (!events.isEmpty()) {
      insert.rows(tx, events.stream().map(door::admit).toList());
    }
  }

  /**
   * Makes a change of one row and appends its event in one SQL statement, which saves the
   * transaction a round trip and is the cheapest way there is.
   *
   * <p>If the change has no row (an update whose condition no longer holds, an insert {@code on
   * conflict do nothing}), nothing is appended. One statement is atomic, so {@code tx} may also be
   * a configuration outside any transaction.
   *
   * @param change an insert, update or delete without a {@code returning} clause; executed by jOOQ
   *     with the settings and listeners of {@code tx}, always as a prepared statement, which is not
   *     kept
   * @return whether the change had its row and the event was appended
   * @throws RejectedEventException if the event could never be delivered; nothing was written, and
   *     the transaction may go on
   * @throws IllegalStateException if the change has more than one row; the transaction can only be
   *     rolled back, and nothing will have been written. Or if it has more parameters than a
   *     statement may have, 65,535 with the event's ten; nothing was written
   * @throws org.jooq.exception.DataAccessException if the database fails; the transaction can only
   *     be rolled back, and nothing will have been written
   */
  public boolean changeAndAppend(Configuration tx, RowCountQuery change, OutboxEvent event) {
    return insert.changeAndRow(tx, change, door.admit(event)) == 1;
  }
}
