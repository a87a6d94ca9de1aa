package dev.waybill.relay.cursor;

import java.util.Objects;

/**
 * Which history a database's transaction numbers belong to. When it changes (another cluster, a
 * restore, a promotion), the numbers of a cursor no longer mean the same.
 *
 * @param systemIdentifier of the cluster, from {@code pg_control_system()}
 * @param timeline 1 for a new cluster; each promotion or point-in-time recovery begins another
 */
public record DatabaseIdentity(String systemIdentifier, int timeline) {
  public DatabaseIdentity {
    Objects.requireNonNull(systemIdentifier);
  }

  @Override
  public String toString() {
    return systemIdentifier + " timeline " + timeline;
  }
}
