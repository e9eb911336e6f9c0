package io.longhouse.cluster.config;

import io.longhouse.engine.session.LocalEngine;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Which addresses are this server's own.
 *
 * @param configured the port by its key in the configuration; -1 where nothing listens
 * @param bound the ports that are listened on, by key; empty before the server listens
 */
record Hosts(Map<String, Integer> configured, Map<String, Integer> bound) {
  private static final String PLAIN = "tcp_port";
  private static final String SECURE = "tcp_port_secure";
  private static final int PLAIN_USUAL = 9000;

  static Hosts of(LocalEngine engine, Map<String, String> configuration) {
    return new Hosts(
        Map.of(
            PLAIN, port(configuration, PLAIN, PLAIN_USUAL),
            SECURE, port(configuration, SECURE, -1)),
        engine.ports());
  }

  private static int port(Map<String, String> configuration, String key, int otherwise) {
    String given = configuration.getOrDefault(key, "").strip();
    return given.matches("\\d{1,5}") ? Integer.parseInt(given) : otherwise;
  }

  /** Where this server listens for native connections; not positive when it does not. */
  int ownPort(boolean secure) {
    String key = secure ? SECURE : PLAIN;
    return bound.getOrDefault(key, configured.getOrDefault(key, -1));
  }

  /** Whether an address leads to this server. A name that nobody knows leads nowhere. */
  boolean isThisServer(String host, int port, boolean secure) {
    return port == ownPort(secure) && isThisMachine(host);
  }

  private static boolean isThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }
}
