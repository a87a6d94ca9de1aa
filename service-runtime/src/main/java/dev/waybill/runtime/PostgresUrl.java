package dev.waybill.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is. Reads JDBC's form, and the one that platforms hand out: {@code
 * postgres://user:password@host:5432/database}.
 *
 * @param jdbc the address without user and password
 * @param user as the address has it; null when it has none
 * @param password as the address has it; null when it has none
 */
record PostgresUrl(String jdbc, @Nullable String user, @Nullable String password) {
  private static final String FORM =
      "must be like jdbc:postgresql://host:5432/database or"
          + " postgres://host:5432/database, the latter with user:password@ before the host and"
          + " special characters percent-encoded";

  private static final Pattern JDBC =
      Pattern.compile(
          "jdbc:postgresql:(?<server>//(?<hosts>[^/?#@]*)/?)?/?(?<database>[^/?#@]*)"
              + "(?:\\?(?<parameters>[^#]*))?");

  private static final Pattern LIBPQ =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:/?#@]*)(?::(?<password>[^/?#@]*))?@)?"
              + "(?<hosts>[^/?#@]*)(?:/(?<database>[^/?#@]*))?(?:\\?(?<parameters>[^#]*))?");

  private static final Pattern HOST =
      Pattern.compile("(?:[^\\s:,\\[\\]%]+|\\[[0-9a-fA-F:.]+])(?::(?<port>\\d{1,5}))?");

  /** libpq's parameters, and what the driver calls them. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("application_name", "ApplicationName"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("options", "options"),
          Map.entry("password", "password"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("sslpassword", "sslpassword"),
          Map.entry("sslrootcert", "sslrootcert"),
          Map.entry("target_session_attrs", "targetServerType"),
          Map.entry("user", "user"));

  /** And what it calls their values. */
  private static final Map<String, String> SESSIONS =
      Map.of("read-write", "primary", "standby", "secondary", "prefer-standby", "preferSecondary");

  private record Parameter(String name, String value) {}

  /**
   * Reads an address. What is wrong with it is said without it, since it may hold a password.
   *
   * @throws IllegalArgumentException when it is none
   */
  static PostgresUrl parse(String value) {
    Matcher jdbc = JDBC.matcher(value);
    if (jdbc.matches()) {
      return of(
          jdbc.group("server") == null ? "" : "//" + hosts(jdbc.group("hosts")) + "/",
          jdbc.group("database"),
          parameters(jdbc.group("parameters")),
          null,
          null);
    }
    Matcher libpq = LIBPQ.matcher(value);
    if (!libpq.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    String hosts = libpq.group("hosts");
    return of(
        "//" + (hosts.isEmpty() ? "localhost" : hosts(hosts)) + "/",
        encoded(decoded(Objects.requireNonNullElse(libpq.group("database"), ""))),
        parameters(libpq.group("parameters")).stream().map(PostgresUrl::ofDriver).toList(),
        libpq.group("user"),
        libpq.group("password"));
  }

  private static PostgresUrl of(
      String server,
      String database,
      List<Parameter> parameters,
      @Nullable String user,
      @Nullable String password) {
    String ownUser = user == null || user.isEmpty() ? null : decoded(user);
    String ownPassword = password == null ? null : decoded(password);
    List<String> others = new ArrayList<>();
    for (Parameter parameter : parameters) {
      switch (parameter.name()) {
        case "user" -> ownUser = parameter.value();
        case "password" -> ownPassword = parameter.value();
        default -> {
          DriverParameters.check(parameter.name(), parameter.value());
          others.add(parameter.name() + "=" + encoded(parameter.value()));
        }
      }
    }
    String tail = others.isEmpty() ? "" : "?" + String.join("&", others);
    return new PostgresUrl("jdbc:postgresql:" + server + database + tail, ownUser, ownPassword);
  }

  private static String hosts(String hosts) {
    for (String host : hosts.split(",", -1)) {
      Matcher matcher = HOST.matcher(host);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(FORM);
      }
      String port = matcher.group("port");
      if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
        throw new IllegalArgumentException("the port must be from 1 to 65535");
      }
    }
    return hosts;
  }

  private static List<Parameter> parameters(@Nullable String text) {
    List<Parameter> parameters = new ArrayList<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException("each parameter must be name=value");
        }
        parameters.add(
            new Parameter(pair.substring(0, equals), decoded(pair.substring(equals + 1))));
      }
    }
    return parameters;
  }

  private static Parameter ofDriver(Parameter parameter) {
    String name = PARAMETERS.get(parameter.name());
    if (name == null) {
      throw new IllegalArgumentException("has a parameter that is not known: " + parameter.name());
    }
    return name.equals("targetServerType")
        ? new Parameter(name, SESSIONS.getOrDefault(parameter.value(), parameter.value()))
        : new Parameter(name, parameter.value());
  }

  /** A plus is a plus, as libpq and RFC 3986 have it. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("a percent sign must begin an escape such as %25", wrong);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
