package dev.waybill.proof.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network between clients and one server, both on 127.0.0.1, which can be made a bad one.
 * Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TcpProxy.class);
  private static final int CHUNK = 16 * 1024;
  private static final long SLOW_MILLIS = 150;

  /** How the network is. */
  public enum Mode {
    /** Everything passes. */
    OPEN,
    /** Each chunk of up to 16 KiB takes 150 ms. */
    SLOW,
    /** Nothing passes, and nobody is told; what was sent meanwhile passes afterwards. */
    STILL,
    /** As still, but of every other connection only. */
    SOME_STILL,
    /** Requests pass, answers are lost; such connections are reset afterwards. */
    ANSWERS_LOST,
    /** Connections are reset, and new ones, too. */
    CUT
  }

  private final ServerSocket listener;
  private volatile int target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Object changed = new Object();
  private final AtomicInteger made = new AtomicInteger();
  private volatile Mode mode = Mode.OPEN;
  private volatile boolean closed;

  /**
   * Listens on a free port.
   *
   * @param target the server's port; nobody need listen on it yet
   */
  public TcpProxy(int target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    daemon(this::accept, "proxy of " + target);
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Leads to another server from now on; connections that are there are reset. */
  public void redirect(int port) {
    target = port;
    connections.forEach(Connection::reset);
  }

  /** From now on; of connections that are there, too. */
  public void set(Mode next) {
    Mode before;
    synchronized (changed) {
      before = mode;
      mode = next;
      changed.notifyAll();
    }
    if (next == Mode.CUT) {
      connections.forEach(Connection::reset);
    } else if (before == Mode.ANSWERS_LOST) {
      connections.stream().filter(one -> one.damaged).forEach(Connection::reset);
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        daemon(() -> connect(client), "proxy of " + target + ", connecting");
      } catch (IOException failure) {
        log.debug("proxy of {} takes nobody", target, failure);
      }
    }
  }

  private void connect(Socket client) {
    if (mode == Mode.CUT) {
      reset(client);
      return;
    }
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Connection connection = new Connection(client, server);
      connections.add(connection);
      daemon(() -> connection.pump(client, server, false), "proxy of " + target + ", requests");
      daemon(() -> connection.pump(server, client, true), "proxy of " + target + ", answers");
    } catch (IOException nobodyListens) {
      reset(client);
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failure) {
      log.debug("cannot reset {}", socket, failure);
    }
  }

  /** Resets what is there and listens no more. */
  @Override
  public void close() {
    closed = true;
    set(Mode.CUT);
    try {
      listener.close();
    } catch (IOException failure) {
      log.debug("cannot close the proxy of {}", target, failure);
    }
  }

  /** A client's connection and the one to the server that stands for it. */
  private final class Connection {
    private final Socket client;
    private final Socket server;
    private final boolean isOneOfSome = made.getAndIncrement() % 2 == 0;
    private volatile boolean damaged;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pump(Socket from, Socket to, boolean answers) {
      byte[] chunk = new byte[CHUNK];
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          if (passes(answers)) {
            out.write(chunk, 0, read);
          } else {
            damaged = true;
          }
        }
      } catch (IOException over) {
        log.debug("a connection to {} is over", target, over);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } finally {
        reset();
      }
    }

    /** Whether the chunk arrives; returns when it does. */
    private boolean passes(boolean answers) throws InterruptedException {
      synchronized (changed) {
        while (mode == Mode.STILL || (mode == Mode.SOME_STILL && isOneOfSome)) {
          changed.wait();
        }
      }
      if (mode == Mode.SLOW) {
        TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
      }
      return !(answers && (damaged || mode == Mode.ANSWERS_LOST));
    }

    void reset() {
      connections.remove(this);
      TcpProxy.reset(client);
      TcpProxy.reset(server);
    }
  }
}
