package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Values that are texts. One that begins with ! can never be decoded; one that begins with ~ needs
 * a registry, which may be away. A number and a colon in front are a frame.
 */
final class Texts implements EventFormat<String> {
  volatile boolean away;

  @Override
  public String decode(String topic, byte[] key, byte[] value) throws NotDecodableException {
    String text = new String(value, contentStart(value), value.length - contentStart(value), UTF_8);
    if (text.startsWith("!")) {
      throw new NotDecodableException("begins with !", null);
    }
    if (text.startsWith("~") && away) {
      throw new IllegalStateException("the registry is away");
    }
    return text;
  }

  @Override
  public int contentStart(byte[] value) {
    return value.length > 1 && value[1] == ':' ? 2 : 0;
  }
}
