package dev.waybill.consumer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Under which address the other instances find this one. */
final class Advertised {
  private Advertised() {}

  /**
   * The one of the settings; else where the server listens, and this machine's own address when it
   * listens everywhere.
   */
  static HostInfo address(@Nullable HostInfo given, String listens, int port) {
    if (given != null) {
      return given;
    }
    return new HostInfo(isEverywhere(listens) ? ownAddress() : listens, port);
  }

  private static boolean isEverywhere(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  private static String ownAddress() {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException nameless) {
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
  }
}
