package io.longhouse.cluster.interserver;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of the servers' interface.
 *
 * @param ports by scheme, as configured; 0 for a free one, absent where nothing listens
 * @param hosts by scheme, by which others reach this server; absent for the machine's name
 * @param own what this server shows to others; null for nothing
 * @param accepted what others may show, the present first, then those of before
 * @param allowEmpty whether others may show nothing though there are credentials
 */
record InterserverConfig(
    Map<String, Integer> ports,
    Map<String, String> hosts,
    @Nullable Credentials own,
    List<Credentials> accepted,
    boolean allowEmpty,
    Fetching fetching) {
  private static final String CREDENTIALS = "interserver_http_credentials";

  InterserverConfig {
    ports = Map.copyOf(ports);
    hosts = Map.copyOf(hosts);
    accepted = List.copyOf(accepted);
  }

  /** A user and a password. */
  record Credentials(String user, String password) {
    /** The value of the header. */
    String header() {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** Takes as long whatever the difference. */
    boolean isShownBy(String header) {
      return MessageDigest.isEqual(
          header().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * Limits of the whole server.
   *
   * @param parallel fetches at a time
   * @param fetchBytesPerSec 0 for no limit
   * @param sendBytesPerSec 0 for no limit
   */
  record Fetching(
      int connectMs, int receiveMs, int parallel, long fetchBytesPerSec, long sendBytesPerSec) {}

  /**
   * @throws LonghouseException NO_ELEMENTS_IN_CONFIG (139) for credentials without a user
   */
  static InterserverConfig of(Map<String, String> configuration) {
    var ports = new java.util.HashMap<String, Integer>();
    var hosts = new java.util.HashMap<String, String>();
    for (String scheme : List.of("http", "https")) {
      String port = text(configuration, "interserver_" + scheme + "_port");
      if (port.matches("\\d{1,5}")) {
        ports.put(scheme, Integer.parseInt(port));
      }
      String host = text(configuration, "interserver_" + scheme + "_host");
      if (!host.isEmpty()) {
        hosts.put(scheme, host);
      }
    }
    List<Credentials> accepted = new ArrayList<>();
    Credentials own = null;
    boolean any = configuration.keySet().stream().anyMatch(k -> k.startsWith(CREDENTIALS + "."));
    if (any) {
      own = credentials(configuration, CREDENTIALS);
      accepted.add(own);
      for (int i = 0; configuration.containsKey(old(i) + ".user"); i++) {
        accepted.add(credentials(configuration, old(i)));
      }
    }
    String empty = text(configuration, CREDENTIALS + ".allow_empty");
    return new InterserverConfig(
        ports,
        hosts,
        own,
        accepted,
        empty.equals("1") || empty.equalsIgnoreCase("true"),
        fetching(configuration));
  }

  private static String old(int i) {
    return CREDENTIALS + ".old" + (i == 0 ? "" : "[" + i + "]");
  }

  private static Credentials credentials(Map<String, String> configuration, String root) {
    String user = text(configuration, root + ".user");
    if (user.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG,
          "Configuration parameter " + root + ".user can't be empty");
    }
    return new Credentials(user, text(configuration, root + ".password"));
  }

  private static Fetching fetching(Map<String, String> configuration) {
    long connect = number(configuration, "replicated_fetches_http_connection_timeout", 0);
    long receive = number(configuration, "replicated_fetches_http_receive_timeout", 0);
    return new Fetching(
        (int) (connect > 0 ? connect * 1000 : 1000),
        (int) (receive > 0 ? receive * 1000 : 30_000),
        (int) Math.clamp(number(configuration, "background_fetches_pool_size", 16), 1, 10_000),
        number(configuration, "max_replicated_fetches_network_bandwidth_for_server", 0),
        number(configuration, "max_replicated_sends_network_bandwidth_for_server", 0));
  }

  private static long number(Map<String, String> configuration, String key, long otherwise) {
    String text = text(configuration, key);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  private static String text(Map<String, String> configuration, String key) {
    return configuration.getOrDefault(key, "").strip();
  }
}
