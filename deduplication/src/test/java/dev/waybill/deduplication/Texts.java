package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.text.ParseException;
import org.apache.kafka.common.header.Headers;

/**
 * Values that are texts. One that begins with ! can never be decoded; one that begins with ~ needs
 * a registry, which may be away; one that begins with % meets a bug, and one that begins with ?
 * what Java would have to declare. After a v comes the aggregate's version. A number and a colon in
 * front are a frame.
 */
final class Texts implements EventFormat<String> {
  volatile boolean away;
  int bugs;

  @Override
  public String decode(String topic, byte[] key, byte[] value, Headers headers, long version)
      throws NotDecodableException {
    String text = new String(value, frame(value), value.length - frame(value), UTF_8);
    if (text.startsWith("!")) {
      throw new NotDecodableException("begins with !", null);
    }
    if (text.startsWith("~") && away) {
      throw new UnavailableException("the registry is away", new IOException("refused"));
    }
    if (text.startsWith("%")) {
      bugs++;
      throw new ArithmeticException("long overflow");
    }
    if (text.startsWith("?")) {
      throw Thrown.unchecked(new ParseException("begins with ?", 0));
    }
    return text;
  }

  @Override
  public long version(String value) {
    return value.startsWith("v") ? Long.parseLong(value.substring(1)) : 0;
  }

  @Override
  public int contentStart(byte[] value, Headers headers) {
    return frame(value);
  }

  private static int frame(byte[] value) {
    return value.length > 1 && value[1] == ':' ? 2 : 0;
  }
}
