package dev.waybill.console.trace;

import dev.waybill.console.systems.EventIds;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody looks for; its text is as it was given, without blanks around it. */
public sealed interface Asked {

  /** As it was given. */
  String text();

  /** An event's id, an aggregate's, or a customer's: which one, nobody can see. */
  record Id(String text, UUID id) implements Asked {}

  /** The id of a trace, also out of a {@code traceparent}. */
  record TraceId(String text, String id) implements Asked {}

  /** Any other key of an aggregate. */
  record Key(String text) implements Asked {}

  /** The longest that is looked for. */
  int LONGEST = 200;

  /** An id that is none. */
  final class NoIdException extends RuntimeException {
    NoIdException(String words) {
      super(words);
    }
  }

  /**
   * Reads what somebody looks for.
   *
   * @throws NoIdException when nothing can have such an id
   */
  static Asked parse(String given) {
    String text = given.strip();
    if (text.isEmpty()) {
      throw new NoIdException("an id of an event, aggregate, customer or trace is needed");
    }
    if (text.length() > LONGEST) {
      throw new NoIdException("no id has more than " + LONGEST + " characters");
    }
    if (text.codePoints().anyMatch(Asked::isNoCharacterOfIds)) {
      throw new NoIdException("no id has control characters in it");
    }
    Optional<UUID> id = EventIds.parse(text);
    if (id.isPresent()) {
      return new Id(text, id.get());
    }
    Matcher trace = Traces.PARENT.matcher(text.toLowerCase(Locale.ROOT));
    return trace.matches() ? new TraceId(text, trace.group("id")) : new Key(text);
  }

  private static boolean isNoCharacterOfIds(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Trace ids as W3C's Trace Context has them. */
  final class Traces {
    private static final Pattern PARENT =
        Pattern.compile("(?:[0-9a-f]{2}-)?(?<id>[0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?");

    private Traces() {}
  }
}
