package dev.waybill.relay.cursor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which history a database's transaction numbers belong to. When it changes (another cluster, a
 * restore, a promotion), the numbers of a cursor no longer mean the same.
 *
 * @param systemIdentifier of the cluster, from {@code pg_control_system()}
 * @param timeline 1 for a new cluster; each promotion or point-in-time recovery begins another
 * @param outbox the cluster's numbers of the database and of the table, because transaction numbers
 *     go through all of its databases; null where it is not known, as in an older cursor
 */
public record DatabaseIdentity(String systemIdentifier, int timeline, @Nullable String outbox) {
  public DatabaseIdentity {
    Objects.requireNonNull(systemIdentifier);
  }

  /** Where it is not known which of the cluster's outboxes it is. */
  public DatabaseIdentity(String systemIdentifier, int timeline) {
    this(systemIdentifier, timeline, null);
  }

  /** Whether both have the same history, as far as is known. */
  public boolean agreesWith(DatabaseIdentity other) {
    return systemIdentifier.equals(other.systemIdentifier)
        && timeline == other.timeline
        && (outbox == null || other.outbox == null || outbox.equals(other.outbox));
  }

  @Override
  public String toString() {
    return systemIdentifier + " timeline " + timeline + (outbox == null ? "" : " outbox " + outbox);
  }
}
