package dev.waybill.proof.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.proof.world.TcpProxy.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TcpProxyTest {
  private static final int SHORT_MILLIS = 300;

  private final AtomicInteger requests = new AtomicInteger();
  private final ServerSocket server;
  private final TcpProxy proxy;

  TcpProxyTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = new TcpProxy(server.getLocalPort());
  }

  @BeforeEach
  void answer() {
    daemon(
        () -> {
          while (true) {
            Socket socket = server.accept();
            daemon(() -> echo(socket));
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException over) {
                assertThat(over).isNotNull(); // It ends with its socket.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void echo(Socket socket) throws IOException {
    for (int read = socket.getInputStream().read();
        read >= 0;
        read = socket.getInputStream().read()) {
      requests.incrementAndGet();
      socket.getOutputStream().write(read);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(SHORT_MILLIS);
    return socket;
  }

  private static int ask(Socket socket, int question) throws IOException {
    socket.getOutputStream().write(question);
    return socket.getInputStream().read();
  }

  @Test
  void letsEverythingPass() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 5)).isEqualTo(5);
      assertThat(ask(client, 6)).isEqualTo(6);
    }
  }

  @Test
  void holdsBackWhatIsSentWhileItIsStill() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 5)).isEqualTo(5);
      proxy.set(Mode.STILL);
      assertThatThrownBy(() -> ask(client, 6)).isInstanceOf(SocketTimeoutException.class);
      assertThat(requests).hasValue(1);
      proxy.set(Mode.OPEN);
      assertThat(client.getInputStream().read()).isEqualTo(6);
    }
  }

  @Test
  void losesAnswersButNotRequests() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 5)).isEqualTo(5);
      proxy.set(Mode.ANSWERS_LOST);
      assertThatThrownBy(() -> ask(client, 6)).isInstanceOf(SocketTimeoutException.class);
      assertThat(requests).hasValue(2);
      proxy.set(Mode.OPEN);
      assertEnds(client);
    }
    try (Socket another = connect()) {
      assertThat(ask(another, 7)).isEqualTo(7);
    }
  }

  @Test
  void cutsWhatIsThereAndWhatIsNew() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 5)).isEqualTo(5);
      proxy.set(Mode.CUT);
      assertEnds(client);
      try (Socket another = connect()) {
        assertEnds(another);
      }
      proxy.set(Mode.OPEN);
      try (Socket later = connect()) {
        assertThat(ask(later, 7)).isEqualTo(7);
      }
    }
  }

  @Test
  void slowsDownEachChunk() throws IOException {
    proxy.set(Mode.SLOW);
    try (Socket client = connect()) {
      assertThatThrownBy(() -> ask(client, 5)).isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(0);
      assertThat(client.getInputStream().read()).isEqualTo(5);
    }
  }

  @Test
  void refusesWhereNobodyListens() throws IOException {
    server.close();
    try (Socket client = connect()) {
      assertEnds(client);
    }
  }

  @Test
  void leadsElsewhere() throws IOException {
    ServerSocket former = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (former;
        TcpProxy moved = new TcpProxy(former.getLocalPort());
        Socket there = new Socket(InetAddress.getLoopbackAddress(), moved.port());
        Socket before = former.accept()) {
      there.getOutputStream().write(5);
      assertThat(before.getInputStream().read()).isEqualTo(5);

      moved.redirect(server.getLocalPort());

      assertEnds(there);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), moved.port())) {
        assertThat(ask(client, 7)).isEqualTo(7);
      }
    }
  }

  private static void assertEnds(Socket client) throws IOException {
    client.setSoTimeout(10_000);
    try {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    } catch (SocketTimeoutException stillOpen) {
      throw new AssertionError("the connection is open", stillOpen);
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }
}
