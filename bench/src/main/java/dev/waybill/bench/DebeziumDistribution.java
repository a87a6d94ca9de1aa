package dev.waybill.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Debezium Server's distribution, from Maven Central: 0.8 GB, and as much unpacked, which stays.
 */
final class DebeziumDistribution {
  static final String VERSION = "3.6.0.Final";
  static final String RUNNER = "debezium-server-dist-" + VERSION + "-runner.jar";

  private static final int JAVA = 21;
  private static final String ARCHIVE = "debezium-server-dist-" + VERSION + ".tar.gz";
  private static final String SHA256 =
      "901ce7b0b75b4dafaac4aa57dac6dfcad5937f96fb7159e25d22759bbf5192e4";
  private static final URI CENTRAL =
      URI.create(
          "https://repo.maven.apache.org/maven2/io/debezium/debezium-server-dist/"
              + (VERSION + "/" + ARCHIVE));
  private static final String ROOT = "debezium-server";

  private DebeziumDistribution() {}

  /**
   * Fetches and unpacks it unless that was done before; blocks.
   *
   * @return the folder that has its runner and its {@code lib}
   * @throws IOException when it cannot be fetched, or is not what it was
   * @throws IllegalStateException when this Java is too old for it
   */
  static Path fetch(Progress progress) throws IOException, InterruptedException {
    if (Runtime.version().feature() < JAVA) {
      throw new IllegalStateException(
          "Debezium " + VERSION + " needs Java " + JAVA + ": set JAVA_HOME to one");
    }
    Path cache = Files.createDirectories(cache());
    Path unpacked = cache.resolve("debezium-server-" + VERSION);
    if (!Files.exists(unpacked)) {
      progress.say("fetching Debezium %s, 0.8 GB, into %s", VERSION, cache);
      Path partial = Files.createTempDirectory(cache, "unpacking-");
      Path archive = partial.resolve(ARCHIVE);
      download(archive);
      unpack(archive);
      Files.move(partial.resolve(ROOT), unpacked, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(archive);
      Files.delete(partial);
    }
    return unpacked;
  }

  private static void download(Path archive) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(CENTRAL).build(), HttpResponse.BodyHandlers.ofInputStream());
    MessageDigest digest = sha256();
    try (InputStream bytes = new DigestInputStream(response.body(), digest)) {
      Files.copy(bytes, archive);
    }
    String sum = HexFormat.of().formatHex(digest.digest());
    if (!sum.equals(SHA256)) {
      Files.delete(archive);
      throw new IOException(
          CENTRAL + " answers " + response.statusCode() + " and has the SHA-256 " + sum);
    }
  }

  /** What is needed of it; by the system's own tool, because Java knows no such archives. */
  private static void unpack(Path archive) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(
                List.of("tar", "xzf", archive.toString(), ROOT + "/lib", ROOT + "/" + RUNNER))
            .directory(archive.resolveSibling("").toFile())
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("tar cannot unpack " + archive);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("waybill");
  }
}
