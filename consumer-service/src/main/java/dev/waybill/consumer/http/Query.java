package dev.waybill.consumer.http;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's parameters. Every method throws {@link BadRequestResponse}, which names the parameter
 * that cannot be read, is given twice, or does not exist.
 */
public final class Query {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Context context;

  private Query(Context context) {
    this.context = context;
  }

  /** Of a request that may have these parameters and no others. */
  public static Query of(Context context, List<String> known) {
    List<String> unknown =
        context.queryParamMap().keySet().stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new BadRequestResponse(
          "there are no other parameters than %s: %s"
              .formatted(String.join(", ", known), String.join(", ", unknown)));
    }
    return new Query(context);
  }

  /** As it is; null without it. */
  public @Nullable String text(String name) {
    List<String> values = context.queryParams(name);
    if (values.size() > 1) {
      throw new BadRequestResponse(name + " must be given once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * As it is read; null without it.
   *
   * @param refusal what is said of a text that cannot be read
   */
  public <T> @Nullable T parsed(
      String name, Function<String, Optional<T>> reading, String refusal) {
    String text = text(name);
    return text == null
        ? null
        : reading.apply(text).orElseThrow(() -> new BadRequestResponse(name + " " + refusal));
  }

  /** A whole number. */
  public int integer(String name, int otherwise, int least, int most) {
    Integer number =
        parsed(
            name,
            text ->
                Optional.of(text)
                    .filter(digits -> NUMBER.matcher(digits).matches())
                    .map(Integer::valueOf)
                    .filter(found -> found >= least && found <= most),
            "must be a whole number from %s to %s".formatted(least, most));
    return number == null ? otherwise : number;
  }

  /** An id; null without it. */
  public @Nullable UUID uuid(String name) {
    return parsed(name, Query::uuidOf, "must be a UUID");
  }

  /** A time; null without it. */
  public @Nullable Instant instant(String name) {
    return parsed(name, Query::instantOf, "must be a time such as 2026-11-28T07:00:00Z");
  }

  /** True or false; false without it. */
  public boolean flag(String name) {
    Boolean flag =
        parsed(
            name,
            text ->
                Optional.of(text)
                    .filter(word -> word.equals("true") || word.equals("false"))
                    .map(Boolean::valueOf),
            "must be true or false");
    return flag != null && flag;
  }

  /** The id that this text is; empty when it is none. */
  static Optional<UUID> uuidOf(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instantOf(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }
}
