package dev.waybill.producer.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A request that came with an {@code Idempotency-Key}. */
public final class KeyedRequest {
  private final String key;
  private final byte[] fingerprint;

  /**
   * @param key 1 to 255 printable ASCII characters
   * @param body byte for byte: the same JSON written differently is another request
   */
  public KeyedRequest(String key, String method, String path, byte[] body) {
    this.key = key;
    this.fingerprint = sha256(method, path, body);
  }

  String key() {
    return key;
  }

  byte[] fingerprint() {
    return fingerprint.clone();
  }

  boolean hasFingerprint(byte[] other) {
    return Arrays.equals(fingerprint, other);
  }

  private static byte[] sha256(String method, String path, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((method + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
      return digest.digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
