package dev.waybill.console.letters;

import dev.waybill.console.letters.Contents.Line;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Headers as lines of text, {@code name: value}, as far as they are text. */
public final class HeaderLines {
  private HeaderLines() {}

  /** A line each. */
  public static String of(List<Line> headers) {
    return headers.stream()
        .map(one -> one.name() + ": " + one.value())
        .collect(Collectors.joining("\n"));
  }

  /**
   * The headers that lines say; empty lines say nothing.
   *
   * @throws IllegalArgumentException when a line has no name and colon
   */
  public static List<Line> parse(String text) {
    List<Line> headers = new ArrayList<>();
    for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("a header is a line such as 'ce_sequence: 7'");
      }
      String value = line.substring(colon + 1);
      headers.add(
          new Line(
              line.substring(0, colon).strip(),
              value.startsWith(" ") ? value.substring(1) : value));
    }
    return List.copyOf(headers);
  }

  /** The header as a line that says just it; empty when none can. */
  static Optional<Line> line(Header header) {
    String name = header.key();
    boolean named = isPlain(name) && name.strip().equals(name) && !name.contains(":");
    return named && !name.isEmpty()
        ? text(header.value()).map(value -> new Line(name, value))
        : Optional.empty();
  }

  /** The text that bytes are, without control characters; empty when they are none. */
  static Optional<String> text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return isPlain(text) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }
}
