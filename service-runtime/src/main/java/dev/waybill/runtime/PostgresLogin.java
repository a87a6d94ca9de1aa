package dev.waybill.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is, and as whom it is asked.
 *
 * @param url JDBC, without user and password
 */
public record PostgresLogin(String url, String user, @Nullable String password) {
  private static final PostgresLogin DEFAULT =
      new PostgresLogin("jdbc:postgresql://localhost:5432/orders", "postgres", null);

  /** Reads {@code DATABASE_URL}, {@code DATABASE_USER} and {@code DATABASE_PASSWORD}. */
  public static PostgresLogin from(Settings settings) {
    return DEFAULT.unless(settings, "DATABASE");
  }

  /**
   * Reads another login, whose default this is. User and password may be in the address; variables
   * of their own go before.
   */
  public PostgresLogin unless(Settings settings, String prefix) {
    PostgresUrl address =
        settings.read(prefix + "_URL", new PostgresUrl(url, null, null), PostgresUrl::parse);
    String other = settings.optional(prefix + "_USER");
    String newUser = other == null ? address.user() : other;
    String newPassword = settings.optional(prefix + "_PASSWORD");
    if (newPassword == null && (other == null || other.equals(address.user()))) {
      newPassword = address.password();
    }
    return newUser == null
        ? new PostgresLogin(address.jdbc(), user, newPassword == null ? password : newPassword)
        : new PostgresLogin(address.jdbc(), newUser, newPassword);
  }

  /** Without the password, and without the address's parameters, of which one may be secret. */
  @Override
  public String toString() {
    return url.replaceFirst("\\?.*", "") + " as " + user;
  }
}
