package dev.waybill.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads typed settings from environment variables and collects every error, so that a start that
 * refuses names all wrong settings in one message.
 *
 * <p>A wrong value yields the default for the moment; {@link #verify()} must be called after the
 * last read and before anything is started. A variable that is set to the empty string counts as
 * not set. Not thread-safe.
 */
public final class Settings {
  private static final Logger log = LoggerFactory.getLogger(Settings.class);

  /** What Kubernetes sets by itself for a service of the same name. */
  private static final Pattern LINK =
      Pattern.compile("_(?:SERVICE_(?:HOST|PORT(?:_.*)?)|PORT(?:_[0-9]+_(?:TCP|UDP|SCTP).*)?)$");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private static final Pattern LEGAL_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  private final Map<String, String> environment;
  private final Map<String, String> shown = new TreeMap<>();
  private final Set<String> errors = new LinkedHashSet<>();

  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public String text(String name, String defaultValue) {
    return read(name, defaultValue, value -> value);
  }

  /** The value of a setting without a default; absent is an error. */
  public String required(String name) {
    String value = raw(name, "");
    if (value == null) {
      errors.add(name + " is not set");
      return "";
    }
    return value;
  }

  public @Nullable String optional(String name) {
    return raw(name, "");
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public int integer(String name, int defaultValue, int min, int max) {
    return read(
        name,
        defaultValue,
        value -> {
          int number = whole(value);
          if (number < min || number > max) {
            throw new IllegalArgumentException("must be from " + min + " to " + max);
          }
          return number;
        });
  }

  /**
   * A whole number in ASCII digits, which every reader of a setting takes for the same.
   *
   * @throws NumberFormatException when it is none, or too large
   */
  public static int whole(String value) {
    String text = value.strip();
    if (!WHOLE.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return Integer.parseInt(text);
  }

  /** A whole number followed by {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
  public Duration duration(String name, Duration defaultValue, Duration min, Duration max) {
    return read(
        name,
        defaultValue,
        value -> {
          Duration duration = parseDuration(value);
          if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException("must be from " + min + " to " + max);
          }
          return duration;
        });
  }

  public boolean flag(String name, boolean defaultValue) {
    return read(
        name,
        defaultValue,
        value ->
            switch (value.strip().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("must be true or false");
            });
  }

  /** A name as Kafka takes it for a topic or a group: at most 200 characters. */
  public String name(String name, String defaultValue) {
    return read(name, defaultValue, Settings::legalName);
  }

  static String legalName(String value) {
    if (!LEGAL_NAME.matcher(value).matches() || value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException("must be 1 to 200 of a-z, A-Z, 0-9, dot, _ and -");
    }
    return value;
  }

  /**
   * A setting of any type.
   *
   * @param parser throws {@link IllegalArgumentException}, whose message says what would be right
   */
  public <T> T read(String name, T defaultValue, Function<String, T> parser) {
    String value = raw(name, defaultValue);
    if (value == null) {
      return defaultValue;
    }
    try {
      return parser.apply(value);
    } catch (NumberFormatException notANumber) {
      reject(name, value, "must be a whole number");
    } catch (IllegalArgumentException wrong) {
      reject(name, value, String.valueOf(wrong.getMessage()));
    }
    return defaultValue;
  }

  /**
   * Client properties: every variable whose name begins with the prefix, such that {@code
   * PREFIX_SECURITY_PROTOCOL} is {@code security.protocol}.
   */
  public Map<String, Object> properties(String prefix) {
    Map<String, Object> found = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(prefix) && name.length() > prefix.length() && !value.isEmpty()) {
            String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
            found.put(key.replace('_', '.'), value);
            shown.put(name, Secrets.HIDDEN);
          }
        });
    return found;
  }

  /** Adds an error found by a rule that spans several settings. */
  public void reject(String error) {
    errors.add(Secrets.hide(error));
  }

  /**
   * Adds an error of one setting.
   *
   * @param why may quote the value, which is shown as far as it is no secret
   */
  public void reject(String name, String value, String why) {
    String harmless = Secrets.shown(name, value);
    errors.add(name + "=" + harmless + ": " + Secrets.hide(why.replace(value, harmless)));
  }

  /**
   * Ends the reading.
   *
   * @throws BadSettingsException naming every wrong setting, if any was wrong
   */
  public void verify() {
    if (!errors.isEmpty()) {
      throw new BadSettingsException(List.copyOf(errors));
    }
  }

  /**
   * Says in the log, once, which variables change nothing though they look like this service's: a
   * misspelt name would otherwise be the default in silence.
   *
   * @param unknown names that were read, and that nobody knows
   * @param prefix with which no variable of another begins
   */
  public void warnOfIgnored(Collection<String> unknown, String prefix) {
    Set<String> ignored = new TreeSet<>(unknown);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)
              && !value.isEmpty()
              && !shown.containsKey(name)
              && !LINK.matcher(name).find()) {
            ignored.add(name);
          }
        });
    if (!ignored.isEmpty()) {
      log.warn("nobody reads these variables: {}", String.join(", ", ignored));
    }
  }

  /**
   * What was read so far, with the defaults of what is not set, and without what is secret: of
   * client properties only the names.
   */
  @Override
  public String toString() {
    return shown.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private @Nullable String raw(String name, @Nullable Object defaultValue) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      shown.put(name, String.valueOf(defaultValue));
      return null;
    }
    shown.put(name, Secrets.shown(name, value));
    return value;
  }

  private static Duration parseDuration(String value) {
    Matcher matcher = DURATION.matcher(value.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a number with ms, s, m, h or d, such as 30s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
