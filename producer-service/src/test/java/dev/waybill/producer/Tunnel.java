package dev.waybill.producer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A TCP connection to PostgreSQL that a test can cut and mend: a database that goes away. */
final class Tunnel implements AutoCloseable {
  private final int target;
  private final int port;
  private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile @Nullable ServerSocket listening;

  private Tunnel(int target, int port) {
    this.target = target;
    this.port = port;
  }

  /** Open to the database. */
  static Tunnel to(int target) {
    Tunnel tunnel = new Tunnel(target, freePort());
    tunnel.mend();
    return tunnel;
  }

  static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  void mend() {
    try {
      ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      listening = server;
      daemon(() -> accept(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing listens any more, and what was connected is reset. */
  void cut() {
    close(listening);
    sockets.forEach(Tunnel::close);
    sockets.clear();
  }

  @Override
  public void close() {
    cut();
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket client = server.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(database);
        daemon(() -> copy(client, database));
        daemon(() -> copy(database, client));
      }
    } catch (IOException cut) {
      close(server);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException cut) {
      close(from);
      close(to);
    }
  }

  private static void close(@Nullable AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tunnel");
    thread.setDaemon(true);
    thread.start();
  }
}
