package dev.waybill.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1. Those that are to be free are looked for among a hundred that depend on this
 * process, below those that the system gives to connections: so neither another process nor a
 * client takes one between its being found and its being listened on.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int PROCESSES = 120;
  private static final int EACH = 100;
  private static final AtomicInteger next = new AtomicInteger();

  private Ports() {}

  /** The port itself, or any that is free at the moment when it is 0. */
  public static int orFree(int port) {
    return port == 0 ? free() : port;
  }

  /**
   * A port that is free at the moment; another one each time, until all were had.
   *
   * @throws IllegalStateException when none is
   */
  public static int free() {
    int own = FIRST + (int) (ProcessHandle.current().pid() % PROCESSES) * EACH;
    for (int tried = 0; tried < EACH; tried++) {
      int port = own + next.getAndIncrement() % EACH;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("none of the ports from " + own + " is free");
  }

  /** Whether nobody listens on the port, neither on this interface nor on all. */
  public static boolean isFree(int port) {
    return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        && canBind(new InetSocketAddress(port));
  }

  private static boolean canBind(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
