package dev.waybill.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is and how to ask it.
 *
 * @param urls one or more base addresses of the same registry, http or https, tried in turn. User
 *     and password in an address ({@code http://user:password@host}) are sent to that address
 * @param userInfo {@code user:password} for basic authentication at every address, before what an
 *     address itself carries; null for none
 * @param requestTimeout the longest that one attempt may take; a call makes a few
 */
public record SchemaRegistryConfig(
    List<URI> urls, @Nullable String userInfo, Duration requestTimeout) {
  /** The time-out of one attempt unless told otherwise: 10 s. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException if an address is not http or https, there is none, the user
   *     info has no colon, or the time-out is not positive
   */
  public SchemaRegistryConfig {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a schema registry needs an address");
    }
    urls.forEach(SchemaRegistryConfig::checked);
    if (userInfo != null && userInfo.indexOf(':') < 0) {
      throw new IllegalArgumentException("the user info must be user:password");
    }
    if (requestTimeout.isZero() || requestTimeout.isNegative()) {
      throw new IllegalArgumentException("the request time-out must be positive");
    }
  }

  /**
   * Addresses separated by commas, no user, {@link #DEFAULT_REQUEST_TIMEOUT}.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static SchemaRegistryConfig of(String urls) {
    return new SchemaRegistryConfig(parse(urls), null, DEFAULT_REQUEST_TIMEOUT);
  }

  /** The same addresses and time-out, asked as this user. */
  public SchemaRegistryConfig withUserInfo(@Nullable String newUserInfo) {
    return new SchemaRegistryConfig(urls, newUserInfo, requestTimeout);
  }

  static List<URI> parse(String urls) {
    return Arrays.stream(urls.split(",", -1))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .map(SchemaRegistryConfig::uri)
        .toList();
  }

  /** The text, which may hold a password, stays out of the exception. */
  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not an address: %s at character %s".formatted(e.getReason(), e.getIndex()));
    }
  }

  private static void checked(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "not an http or https address: " + Address.withoutUserInfo(url));
    }
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "schema registry " + urls.stream().map(Address::withoutUserInfo).toList();
  }
}
