package dev.waybill.runtime;

import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSocketFactory;
import javax.security.auth.callback.CallbackHandler;

/**
 * What PostgreSQL's driver says that it takes as parameters of an address. Of a wrong value it says
 * so only when it connects, where that cannot be told from a database that is away for the moment.
 */
final class DriverParameters {
  private static final String ANYWHERE = "jdbc:postgresql:";

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,10}");

  /** Parameters that name a class, and what it must be. */
  private static final Map<String, Class<?>> CLASSES =
      Map.of(
          "authenticationPluginClassName", Object.class,
          "socketFactory", SocketFactory.class,
          "sslfactory", SSLSocketFactory.class,
          "sslhostnameverifier", HostnameVerifier.class,
          "sslpasswordcallback", CallbackHandler.class);

  /** Several choices may be joined, and a fraction is a time as well. */
  private static final Set<String> LENIENT = Set.of("requireAuth", "loginTimeout");

  private DriverParameters() {}

  /**
   * Refuses a value with which no connection can ever be made. A name that the driver does not know
   * it ignores.
   *
   * @throws IllegalArgumentException saying what would be right, without the value
   */
  static void check(String name, String value) {
    Class<?> type = CLASSES.get(name);
    if (type != null) {
      checkClass(name, value, type);
    } else if (!LENIENT.contains(name)) {
      for (DriverPropertyInfo known : known()) {
        if (known.name.equals(name)) {
          check(known, value);
        }
      }
    }
  }

  private static DriverPropertyInfo[] known() {
    try {
      return DriverManager.getDriver(ANYWHERE).getPropertyInfo(ANYWHERE, new Properties());
    } catch (SQLException missing) {
      throw new IllegalStateException("PostgreSQL's driver is not there", missing);
    }
  }

  private static void check(DriverPropertyInfo known, String value) {
    if (known.value != null && WHOLE.matcher(known.value).matches() && !isInteger(value)) {
      throw new IllegalArgumentException("its parameter " + known.name + " must be a whole number");
    }
    if (known.choices != null && Arrays.stream(known.choices).noneMatch(value::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "its parameter " + known.name + " must be one of " + String.join(", ", known.choices));
    }
  }

  private static boolean isInteger(String value) {
    try {
      var unused = Integer.parseInt(value);
      return true;
    } catch (NumberFormatException notOne) {
      return false;
    }
  }

  private static void checkClass(String name, String value, Class<?> type) {
    try {
      var unused =
          Class.forName(value, false, DriverParameters.class.getClassLoader()).asSubclass(type);
    } catch (ClassNotFoundException | LinkageError | ClassCastException wrong) {
      throw new IllegalArgumentException(
          "its parameter " + name + " must name a " + type.getName() + " on the class path", wrong);
    }
  }
}
