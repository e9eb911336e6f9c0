package io.longhouse.cluster.keeper;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code <zookeeper>}: which servers, and how they are asked.
 *
 * @param root put in front of every path; empty for none
 * @param identity {@code user:password}: nodes made here are this user's alone; empty for everybody
 */
public record KeeperConfig(
    List<Host> hosts,
    int sessionTimeoutMs,
    int operationTimeoutMs,
    int connectionTimeoutMs,
    String root,
    String identity,
    KeeperTls tls) {
  private static final int SESSION_TIMEOUT_MS = 30_000;
  private static final int OPERATION_TIMEOUT_MS = 10_000;
  private static final int CONNECTION_TIMEOUT_MS = 1_000;
  private static final int PORT = 2181;

  /** One of the servers. */
  public record Host(String host, int port, boolean secure) {
    @Override
    public String toString() {
      String h = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return (secure ? "secure://" : "") + h + ":" + port;
    }

    String address() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  public KeeperConfig {
    hosts = List.copyOf(hosts);
  }

  /** That server, with the usual timeouts. */
  public static KeeperConfig of(String host, int port) {
    return new KeeperConfig(
        List.of(new Host(host, port, false)),
        SESSION_TIMEOUT_MS,
        OPERATION_TIMEOUT_MS,
        CONNECTION_TIMEOUT_MS,
        "",
        "",
        KeeperTls.NONE);
  }

  KeeperConfig withTimeouts(int sessionMs, int operationMs) {
    return new KeeperConfig(
        hosts, sessionMs, operationMs, connectionTimeoutMs, root, identity, tls);
  }

  /**
   * Reads {@code <zookeeper>}, else the servers of {@code <keeper_server>}.
   *
   * @param keys the configuration, flattened
   * @return null when there is neither
   */
  public static @Nullable KeeperConfig read(Map<String, String> keys) {
    return read(
        keys,
        keys.keySet().stream().anyMatch(k -> k.startsWith("keeper.")) ? "keeper." : "zookeeper.");
  }

  private static @Nullable KeeperConfig read(Map<String, String> keys, String prefix) {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; ; i++) {
      String node = prefix + "node" + (i == 0 ? "" : "[" + i + "]") + ".";
      String host = keys.get(node + "host");
      if (host == null) {
        break;
      }
      hosts.add(
          new Host(
              host.strip(),
              number(keys, node + "port", PORT),
              flag(keys.getOrDefault(node + "secure", "0"))));
    }
    if (hosts.isEmpty()) {
      hosts.addAll(KeeperServerConfig.clientHosts(keys));
    }
    if (hosts.isEmpty()) {
      return null;
    }
    if (hosts.stream().map(Host::secure).distinct().count() > 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Servers in <zookeeper> must all be secure or all not: " + hosts);
    }
    return new KeeperConfig(
        hosts,
        number(keys, prefix + "session_timeout_ms", SESSION_TIMEOUT_MS),
        number(keys, prefix + "operation_timeout_ms", OPERATION_TIMEOUT_MS),
        number(keys, prefix + "connection_timeout_ms", CONNECTION_TIMEOUT_MS),
        KeeperPaths.plain(keys.getOrDefault(prefix + "root", "").strip()),
        keys.getOrDefault(prefix + "identity", "").strip(),
        hosts.getFirst().secure() ? KeeperTls.ofClient(keys) : KeeperTls.NONE);
  }

  boolean secure() {
    return hosts.getFirst().secure();
  }

  /** {@code host:port,host:port}. */
  String addresses() {
    return hosts.stream().map(Host::address).collect(Collectors.joining(","));
  }

  static boolean flag(String text) {
    String t = text.strip();
    return t.equals("1") || t.equalsIgnoreCase("true");
  }

  static int number(Map<String, String> keys, String key, int otherwise) {
    String text = keys.getOrDefault(key, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, key + " must be a whole number, but is '" + text + "'");
    }
  }
}
