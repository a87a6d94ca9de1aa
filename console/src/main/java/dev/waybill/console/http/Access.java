package dev.waybill.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.SameSite;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, and whether a request that changes something is theirs: by the token, once,
 * after which a cookie that no other site's request carries; or by the proxy's header. Thread-safe.
 */
final class Access {
  private static final String COOKIE = "waybill-console";
  private static final int MOST_SESSIONS = 1_000;
  private static final int LONGEST_NAME = 100;

  private final AccessSettings settings;
  private final SecureRandom random = new SecureRandom();
  private final byte[] key = bytes();
  private final Map<String, String> sessions = new LinkedHashMap<>();

  Access(AccessSettings settings) {
    this.settings = settings;
  }

  /** Whether this host is asked by a name that it has: else some page has had its name changed. */
  boolean isOurHost(@Nullable String host) {
    return host != null && settings.hosts().contains(withoutPort(host));
  }

  private static String withoutPort(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
  }

  /** Who asks. */
  Visitor visitor(Context context) {
    String header = settings.userHeader();
    String user = header == null ? null : context.header(header);
    if (user != null && !user.isBlank()) {
      String name = shortened(user);
      return new Visitor(name, proof("user " + name), false);
    }
    String session = context.cookie(COOKIE);
    String name = session == null ? null : named(session);
    return name == null
        ? new Visitor(null, "", settings.token() != null)
        : new Visitor(name, proof("session " + session), false);
  }

  private synchronized @Nullable String named(String session) {
    return sessions.get(session);
  }

  /** Begins a session for who knows the token; false for others. */
  boolean logIn(Context context, String token, String name) {
    refuseOtherSites(context);
    String right = settings.token();
    if (right == null || !isSame(right, token) || name.isBlank()) {
      return false;
    }
    String session = HexFormat.of().formatHex(bytes());
    synchronized (this) {
      sessions.put(session, shortened(name));
      if (sessions.size() > MOST_SESSIONS) {
        sessions.remove(sessions.keySet().iterator().next());
      }
    }
    Cookie cookie = new Cookie(COOKIE, session);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    cookie.setSecure(context.scheme().equals("https"));
    context.cookie(cookie);
    return true;
  }

  /** Ends the session. */
  void logOut(Context context) {
    Visitor unused = actor(context);
    String session = context.cookie(COOKIE);
    synchronized (this) {
      if (session != null) {
        sessions.remove(session);
      }
    }
    context.removeCookie(COOKIE);
  }

  /**
   * Who acts.
   *
   * @throws ForbiddenResponse when nobody may, this visitor may not, or another site has sent it
   */
  Visitor actor(Context context) {
    refuseOtherSites(context);
    Visitor visitor = visitor(context);
    if (!settings.isOpen()) {
      throw new ForbiddenResponse(
          "nobody may act here: neither CONSOLE_TOKEN nor" + " CONSOLE_USER_HEADER is set");
    }
    if (!visitor.mayAct()) {
      throw new ForbiddenResponse("log in first");
    }
    if (!isSame(visitor.proof(), Objects.requireNonNullElse(context.formParam("proof"), ""))) {
      throw new ForbiddenResponse("the form is not of this session: load the page again");
    }
    return visitor;
  }

  /** A browser says where a request comes from; other programs say nothing. */
  private static void refuseOtherSites(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      throw new ForbiddenResponse("the request comes from another site");
    }
    String origin = context.header("Origin");
    if (origin != null && !isOf(origin, context.header("Host"))) {
      throw new ForbiddenResponse("the request comes from another site");
    }
  }

  private static boolean isOf(String origin, @Nullable String host) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException none) {
      return false;
    }
  }

  private String proof(String of) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(key);
      sha.update(of.getBytes(UTF_8));
      return HexFormat.of().formatHex(sha.digest(key));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static boolean isSame(String right, String given) {
    return MessageDigest.isEqual(right.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String shortened(String name) {
    String stripped = name.strip();
    return stripped.substring(0, Math.min(stripped.length(), LONGEST_NAME));
  }
}
