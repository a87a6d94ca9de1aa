package dev.waybill.producer.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a list of orders is asked for with.
 *
 * @param customerId whose orders; null is everybody's
 * @param after the id to go on behind; null is from the first
 * @param limit 1 to {@value #MAX_LIMIT}
 */
record ListQuery(@Nullable UUID customerId, @Nullable UUID after, int limit) {
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
  private static final Set<String> NAMES = Set.of("customerId", "after", "limit");

  /**
   * @throws InvalidRequestException naming every wrong parameter
   */
  static ListQuery of(Context request) {
    Map<String, List<String>> parameters = request.queryParamMap();
    Map<String, String> errors = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) -> {
          if (!NAMES.contains(name)) {
            errors.put(name, "is not a parameter of this request");
          } else if (values.size() > 1) {
            errors.put(name, "must be given once");
          }
        });
    ListQuery query =
        new ListQuery(
            uuid("customerId", request, errors),
            uuid("after", request, errors),
            limit(request, errors));
    if (!errors.isEmpty()) {
      throw new InvalidRequestException(errors);
    }
    return query;
  }

  private static @Nullable UUID uuid(String name, Context request, Map<String, String> errors) {
    String value = request.queryParam(name);
    UUID uuid = value == null ? null : Texts.uuid(value);
    if (value != null && uuid == null) {
      errors.putIfAbsent(name, "must be a UUID");
    }
    return uuid;
  }

  private static int limit(Context request, Map<String, String> errors) {
    String value = request.queryParam("limit");
    if (value == null) {
      return DEFAULT_LIMIT;
    }
    int limit = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      errors.putIfAbsent("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
    return limit;
  }
}
