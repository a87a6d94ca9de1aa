package dev.waybill.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The name by which Kafka knows an instance again after a restart ({@code group.instance.id}): it
 * then gets its work back at once, without waiting until its former self has timed out.
 */
public final class InstanceName {
  private InstanceName() {}

  /**
   * Reads it. By default it is this machine's name and the port of HTTP, which no two processes of
   * one machine share and which a restarted process, container or pod has again.
   *
   * @return null when nothing tells the instance from others: no name is set, and the port is any
   *     free one
   */
  public static @Nullable String from(Settings settings, String variable, HttpAddress http) {
    String byDefault = http.port() == 0 ? null : legal(hostName()) + "-" + http.port();
    return settings.optional(variable) == null ? byDefault : settings.name(variable, "");
  }

  private static String legal(String name) {
    String legal = name.replaceAll("[^a-zA-Z0-9._-]", "_");
    return legal.substring(0, Math.min(legal.length(), 190));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
