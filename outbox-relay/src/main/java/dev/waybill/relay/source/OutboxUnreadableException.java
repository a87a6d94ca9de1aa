package dev.waybill.relay.source;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbox that is there cannot be read in full, or could not be without losing rows in silence.
 * The message says what a person has to put right. Nothing was read.
 */
public final class OutboxUnreadableException extends RuntimeException {
  private static final String OWN_SESSION =
      "connect to PostgreSQL itself, or to a pooler in session mode";

  OutboxUnreadableException(String message) {
    this(message, null);
  }

  private OutboxUnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The session is a pooler's, and handed on after each transaction. */
  static OutboxUnreadableException sharedSession() {
    return new OutboxUnreadableException("the session is not the relay's own; " + OWN_SESSION);
  }

  /** What the server refuses for as long as nobody puts it right; empty for any other failure. */
  static Optional<OutboxUnreadableException> of(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String remedy =
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
          case "22" ->
              state.equals("22021")
                  ? "a text in it is no UTF-8, as the encoding SQL_ASCII lets in; put that row right"
                  : "";
          case "26" -> OWN_SESSION;
          case "28" -> "put DATABASE_USER and DATABASE_PASSWORD right";
          case "3D" -> "put the database's name in DATABASE_URL right";
          case "42" ->
              switch (state) {
                case "42501" ->
                    "DATABASE_USER has to see every row: give it SELECT on both tables, and"
                        + " BYPASSRLS where they have row-level security";
                case "42P05" -> OWN_SESSION;
                default -> "migrate the outbox to this version";
              };
          default -> "";
        };
    return remedy.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OutboxUnreadableException("the outbox cannot be read; " + remedy, failure));
  }
}
