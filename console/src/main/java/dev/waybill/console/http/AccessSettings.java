package dev.waybill.console.http;

import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Settings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what.
 *
 * @param token whoever knows it may act; null when nobody may so
 * @param userHeader in which a proxy says who it is, and no client can; null without such a proxy
 * @param hosts names by which this host is asked, in small letters
 */
public record AccessSettings(
    @Nullable String token, @Nullable String userHeader, Set<String> hosts) {
  private static final int SHORTEST_TOKEN = 16;
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** Reads them; the caller verifies. */
  public static AccessSettings from(Settings settings, HttpAddress http) {
    String token =
        settings.optional("CONSOLE_TOKEN") == null
            ? null
            : settings.read("CONSOLE_TOKEN", "", AccessSettings::token);
    String header =
        settings.optional("CONSOLE_USER_HEADER") == null
            ? null
            : settings.read("CONSOLE_USER_HEADER", "", AccessSettings::header);
    Set<String> hosts = new HashSet<>(LOOPBACK);
    hosts.add(http.host().toLowerCase(Locale.ROOT));
    hosts.addAll(settings.read("CONSOLE_HOSTS", Set.of(), AccessSettings::names));
    return new AccessSettings(token, header, Set.copyOf(hosts));
  }

  private static String token(String value) {
    if (value.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException("must have 16 characters at least");
    }
    return value;
  }

  private static String header(String value) {
    if (!HEADER.matcher(value).matches()) {
      throw new IllegalArgumentException("must be the name of a header");
    }
    return value;
  }

  private static Set<String> names(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Whether anybody may act at all. */
  boolean isOpen() {
    return token != null || userHeader != null;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AccessSettings[userHeader=%s, hosts=%s]".formatted(userHeader, hosts);
  }
}
