package io.longhouse.engine.session;

import io.longhouse.function.ServerFacts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a server's configuration names; the usual ports where it is silent.
 *
 * @param ports where the server listens, by key of the configuration; empty without one
 */
record ConfiguredFacts(Map<String, String> configuration, Macros macros, Map<String, Integer> ports)
    implements ServerFacts {
  private static final Map<String, Integer> USUAL = Map.of("tcp_port", 9000, "http_port", 8123);

  @Override
  public int tcpPort() {
    int port = port("tcp_port");
    return port < 0 ? USUAL.getOrDefault("tcp_port", 0) : port;
  }

  @Override
  public int port(String key) {
    Integer bound = ports.get(key);
    if (bound != null) {
      return bound;
    }
    String given = configuration.get(key);
    boolean isPort = key.endsWith("_port") || key.endsWith("_port_secure");
    if (given != null && isPort && given.strip().matches("\\d+")) {
      return Integer.parseInt(given.strip());
    }
    // An engine without a server listens nowhere.
    return configuration.isEmpty() || given != null ? -1 : USUAL.getOrDefault(key, -1);
  }

  @Override
  public String displayName() {
    String given = configuration.get("display_name");
    if (given != null) {
      return given;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  @Override
  public @Nullable String macro(String name) {
    return macros.values().get(name);
  }
}
