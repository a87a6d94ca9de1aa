package dev.waybill.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows what is secret, and keeps it out of everything that people read: the settings that a start
 * prints, refusals, log lines, answers of HTTP.
 */
public final class Secrets {
  /** What stands for a secret. */
  public static final String HIDDEN = "***";

  private static final String NAMES =
      "(?:passw|passphrase|pwd|secret|token|credential|jaas|user[._]?info|[._-]key(?![\\w.-]))";

  private static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

  /** {@code password=x}, {@code "token": "x"}, {@code basic.auth.user.info=x:y} and their like. */
  private static final Pattern PAIR =
      Pattern.compile(
          "("
              + NAMES
              + "[\\w.-]*+(?:\\s*=\\s*|\"\\s*:\\s*))"
              + "(?!\\*\\*\\*|,)(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|[^\\s&]++)",
          Pattern.CASE_INSENSITIVE);

  /** User and password of an address; a password may have an {@code @} of its own. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)\\S*(?=@)");

  private static final Pattern USER_INFO_WITH_BLANKS = Pattern.compile("(?s)(?<=://).*(?=@)");

  private Secrets() {}

  /** The text without the secrets that are in it. */
  public static String hide(String text) {
    return hide(text, USER_INFO);
  }

  /** The value of a setting as it may be shown. */
  static String shown(String name, String value) {
    return NAME.matcher(name).find() ? HIDDEN : hide(value, USER_INFO_WITH_BLANKS);
  }

  private static String hide(String text, Pattern userInfo) {
    String withoutUsers = userInfo.matcher(text).replaceAll(HIDDEN);
    return PAIR.matcher(withoutUsers).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
  }
}
