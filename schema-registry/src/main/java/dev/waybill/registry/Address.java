package dev.waybill.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One address of the registry and what it wants to know of who asks. */
record Address(String base, @Nullable String authorization) {
  static Address of(URI url, @Nullable String userInfo) {
    String base = withoutUserInfo(url);
    String who = userInfo != null ? userInfo : url.getUserInfo();
    return new Address(
        base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
        who == null ? null : basic(who));
  }

  /** Also where Java sees no user in what stands before the last {@code @}. */
  static String withoutUserInfo(URI url) {
    String text = url.toString();
    int scheme = text.indexOf("//");
    return text.substring(0, scheme < 0 ? 0 : scheme + 2) + text.substring(secretEnd(text, scheme));
  }

  private static int secretEnd(String url, int scheme) {
    int at = url.lastIndexOf('@');
    return at >= 0 ? at + 1 : scheme < 0 ? 0 : scheme + 2;
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return base;
  }
}
