package dev.waybill.producer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON of a request's body. */
final class RequestBody {
  /** A hundred lines with the longest names, escaped, are 45 KiB. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern JSON_TYPE =
      Pattern.compile(
          "application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private RequestBody() {}

  /**
   * Reads the body.
   *
   * @throws UnsupportedMediaTypeResponse when it does not claim to be JSON, or is compressed
   * @throws io.javalin.http.HttpResponseException 413 when it is larger than {@link #MAX_BYTES}
   * @throws BadRequestResponse when it is not JSON, or two claims are made
   */
  static Fields fields(Context request) {
    if (!isJson(Headers.once(request, "Content-Type"))) {
      throw new UnsupportedMediaTypeResponse("the body must be sent as application/json");
    }
    if (Headers.all(request, "Content-Encoding").stream().anyMatch(RequestBody::isCoded)) {
      throw new UnsupportedMediaTypeResponse("the body must be sent without a Content-Encoding");
    }
    byte[] body = bytes(request);
    try {
      return Fields.of(JSON.readTree(body));
    } catch (JsonProcessingException malformed) {
      throw new BadRequestResponse("the body is not JSON: " + malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory could not be read", impossible);
    }
  }

  /**
   * The body as it was sent.
   *
   * @throws io.javalin.http.HttpResponseException 413 when it is larger than {@link #MAX_BYTES}
   * @throws BadRequestResponse when the client broke it off, or framed it in no way of HTTP's
   */
  static byte[] bytes(Context request) {
    try {
      return request.bodyAsBytes();
    } catch (HttpResponseException refused) {
      throw refused;
    } catch (Exception broken) { // Among them IOExceptions, which Javalin does not declare.
      throw new BadRequestResponse("the body did not arrive as a whole");
    }
  }

  private static boolean isCoded(String encodings) {
    return Stream.of(encodings.split(","))
        .anyMatch(encoding -> !encoding.strip().equalsIgnoreCase("identity"));
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null && JSON_TYPE.matcher(contentType.strip()).matches();
  }
}
