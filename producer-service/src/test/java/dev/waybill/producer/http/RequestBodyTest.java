package dev.waybill.producer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.ServiceServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class RequestBodyTest {
  private static final String JSON_TYPE = "Content-Type: application/json\r\n";
  private static final String WHOLE = "Content-Length: 2\r\n\r\n{}";

  private final Logger logger = (Logger) LoggerFactory.getLogger(ServiceServer.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Metrics metrics = new Metrics();
  private final ServiceServer server =
      new ServiceServer(
          new HttpAddress("127.0.0.1", 0),
          new Health(),
          metrics.registry(),
          config ->
              config.routes.post(
                  "/", context -> context.json(RequestBody.fields(context).getClass().getName())));

  @BeforeEach
  void start() {
    server.start();
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(said);
    server.close();
    metrics.close();
  }

  @Test
  void wholeBodyIsTaken() throws IOException {
    assertThat(post(JSON_TYPE + WHOLE)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\n{\"a\":", "5\r\n{", "zz\r\n{}"})
  void brokenChunksAreTheClientsFault(String chunks) throws IOException {
    String answer = post(JSON_TYPE + "Transfer-Encoding: chunked\r\n\r\n" + chunks);

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(said.list).isEmpty();
  }

  @Test
  void twoContentTypesAreRefused() throws IOException {
    assertThat(post(JSON_TYPE + "Content-Type: text/plain\r\n" + WHOLE)).startsWith("HTTP/1.1 400");
    assertThat(post(JSON_TYPE + JSON_TYPE + WHOLE)).startsWith("HTTP/1.1 400");
  }

  @Test
  void codedBodyIsRefused() throws IOException {
    for (String coding : new String[] {"gzip", "identity, br", "identity\r\nContent-Encoding: x"}) {
      assertThat(post(JSON_TYPE + "Content-Encoding: " + coding + "\r\n" + WHOLE))
          .as(coding)
          .startsWith("HTTP/1.1 415");
    }
    assertThat(post(JSON_TYPE + "Content-Encoding: Identity\r\n" + WHOLE))
        .startsWith("HTTP/1.1 200");
  }

  private String post(String rest) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
      socket.getOutputStream().write((head + rest).getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
