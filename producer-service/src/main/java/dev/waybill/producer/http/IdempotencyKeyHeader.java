package dev.waybill.producer.http;

import dev.waybill.producer.idempotency.KeyedRequest;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request header {@code Idempotency-Key}, as the IETF's draft has it (a quoted string, RFC
 * 8941) and as most clients send it (the bare key). {@code "k-1"} and {@code k-1} are the same key.
 */
final class IdempotencyKeyHeader {
  private static final String NAME = "Idempotency-Key";
  private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7e][\\x20-\\x7e]{0,254}");
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\]){1,255})\"");

  private IdempotencyKeyHeader() {}

  /**
   * The request under its key; null when it has none.
   *
   * @throws BadRequestResponse when the header is there more than once, or is not a key
   */
  static @Nullable KeyedRequest of(Context request) {
    String header = Headers.once(request, NAME);
    if (header == null) {
      return null;
    }
    return new KeyedRequest(
        key(header), request.method().name(), request.path(), RequestBody.bytes(request));
  }

  private static String key(String header) {
    var quoted = QUOTED.matcher(header);
    if (quoted.matches()) {
      return quoted.group(1).replaceAll("\\\\(.)", "$1");
    }
    if (BARE.matcher(header).matches()) {
      return header;
    }
    throw new BadRequestResponse(
        "the header " + NAME + " must have 1 to 255 printable ASCII characters");
  }
}
