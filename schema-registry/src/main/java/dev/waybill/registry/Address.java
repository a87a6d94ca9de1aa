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

  static String withoutUserInfo(URI url) {
    String secret = url.getRawUserInfo();
    return secret == null ? url.toString() : url.toString().replace(secret + "@", "");
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return base;
  }
}
