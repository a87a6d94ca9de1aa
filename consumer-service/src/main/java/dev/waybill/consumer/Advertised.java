package dev.waybill.consumer;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
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
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException aName) {
      return false;
    }
  }

  /**
   * Some systems give their own name a loopback address, under which every machine finds itself:
   * then that of an interface, if there is one.
   */
  private static String ownAddress() {
    try {
      InetAddress named = InetAddress.getLocalHost();
      return named.isLoopbackAddress()
          ? ofAnInterface().orElse(named.getHostAddress())
          : named.getHostAddress();
    } catch (UnknownHostException nameless) {
      return ofAnInterface().orElse(InetAddress.getLoopbackAddress().getHostAddress());
    }
  }

  private static Optional<String> ofAnInterface() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .findFirst();
    } catch (SocketException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
