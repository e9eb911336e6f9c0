package io.longhouse.server.config;

import io.longhouse.engine.settings.Settings;
import io.longhouse.server.config.ServerConfig.Http;
import io.longhouse.server.config.ServerConfig.Limits;
import io.longhouse.server.config.ServerConfig.Log;
import io.longhouse.server.config.ServerConfig.Ports;
import io.longhouse.server.config.ServerConfig.TlsFiles;
import io.longhouse.server.config.ServerConfig.Verification;
import io.longhouse.server.token.TokenConfig;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * From arguments to a {@link ServerConfig}: built-in defaults, then {@code --config-file} and what
 * lies beside it, then the users' file, then {@code --key=value}.
 */
final class ConfigReader {
  private final Problems problems = new Problems();
  private final ConfigSources sources = new ConfigSources();
  private final Map<String, String> environment;

  ConfigReader(Map<String, String> environment) {
    this.environment = environment;
  }

  ServerConfig read(List<String> arguments) {
    Map<String, String> given = arguments(arguments);
    ConfigNode root = new ConfigNode("clickhouse");
    var files = new ConfigFile(problems, environment, sources);
    String file = given.remove("config-file");
    if (file == null) {
      file = given.remove("config");
    }
    if (file != null) {
      Path main = Path.of(file).toAbsolutePath();
      if (Files.isReadable(main)) {
        root.merge(files.read(main));
        readUsers(root, main, files);
      } else {
        problems.add("cannot read the configuration file " + main);
      }
    }
    given.forEach((key, value) -> set(root, key, value));
    Map<String, String> keys = new LinkedHashMap<>();
    root.flatten("", keys);
    ServerConfig config = typed(root, new Keys(keys, problems));
    problems.check();
    return config;
  }

  private Map<String, String> arguments(List<String> arguments) {
    Map<String, String> out = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String a = arguments.get(i);
      if (a.equals("--")) {
        continue;
      }
      if (a.equals("-C") && i + 1 < arguments.size()) {
        out.put("config-file", arguments.get(++i));
        continue;
      }
      if (!a.startsWith("--")) {
        problems.add("unexpected argument " + a + ": expected --key=value");
        continue;
      }
      int eq = a.indexOf('=');
      if (eq > 0) {
        out.put(a.substring(2, eq), a.substring(eq + 1));
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
        out.put(a.substring(2), arguments.get(++i));
      } else {
        problems.add(a + " has no value: expected " + a + "=value");
      }
    }
    return out;
  }

  private void readUsers(ConfigNode root, Path main, ConfigFile files) {
    ConfigNode where = root.child("users_config");
    ConfigNode directories = root.child("user_directories");
    if (where == null && directories != null) {
      ConfigNode xml = directories.child("users_xml");
      where = xml == null ? null : xml.child("path");
    }
    if (where == null || where.text.isBlank()) {
      return;
    }
    Path users = main.resolveSibling(where.text.strip());
    if (users.equals(main)) {
      return;
    }
    if (!Files.isReadable(users)) {
      problems.add("users_config: cannot read " + users);
      return;
    }
    root.merge(files.read(users));
  }

  private void set(ConfigNode root, String key, String value) {
    ConfigNode at = root;
    String[] path = key.split("\\.");
    if (path.length == 1 && !KnownKeys.contains(key)) {
      problems.add("--" + key + " is not a key of the server's configuration");
    }
    for (int i = 0; i < path.length; i++) {
      String step = path[i];
      if (i == path.length - 1 && key.equals("listen_host")) {
        at.children.removeIf(c -> c.name.equals(step));
        for (String host : value.split(",")) {
          ConfigNode c = new ConfigNode(step);
          c.text = host.strip();
          at.children.add(c);
        }
        return;
      }
      at = at.childOrNew(step);
    }
    at.children.clear();
    at.text = value;
  }

  private ServerConfig typed(ConfigNode root, Keys keys) {
    Ports ports =
        new Ports(
            keys.port("http_port", 8123),
            keys.port("https_port", -1),
            keys.port("tcp_port", 9000),
            keys.port("tcp_port_secure", -1),
            keys.port("interserver_http_port", -1),
            keys.port("interserver_https_port", -1));
    String zone = keys.text("timezone", "");
    if (!zone.isEmpty()) {
      try {
        ZoneId.of(zone);
      } catch (DateTimeException e) {
        problems.add("timezone: there is no time zone " + zone);
      }
    }
    Path path = Path.of(keys.text("path", "./data")).toAbsolutePath().normalize();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      problems.add("path: " + path + " is not a directory");
    }
    checkProfiles(keys);
    if (hasTokens(keys.all())) {
      TokenConfig.read(keys.all(), problems::add, Clock.systemUTC()).close();
    }
    String logFile = keys.text("logger.log", "");
    return new ServerConfig(
        path,
        keys.text("display_name", hostName()),
        listenHosts(root),
        ports,
        tls(keys, ports),
        limits(keys),
        http(root, keys),
        new Log(
            keys.choice("logger.level", "information", LogLevels.NAMES),
            keys.flag("logger.console", true),
            logFile.isEmpty() ? null : Path.of(logFile).toAbsolutePath()),
        Collections.unmodifiableMap(keys.all()), // in the order of the files
        sources);
  }

  /** Who embeds the server need not have what verifies tokens. */
  static boolean hasTokens(Map<String, String> keys) {
    return keys.keySet().stream()
        .anyMatch(k ->
            k.startsWith("token_processors.")
                || k.startsWith("jwt_validators.")
                || k.startsWith("user_directories.token"));
  }

  /** A setting that does not exist would otherwise fail every login. */
  private void checkProfiles(Keys keys) {
    Set<String> structure = Set.of("profile", "constraints", "readonly");
    for (String key : keys.all().keySet()) {
      String[] path = key.split("\\.");
      if (path.length == 3 && path[0].equals("profiles") && !structure.contains(path[2])) {
        String name = path[2].replaceAll("\\[\\d+]$", "");
        if (Settings.table().find(name) == null && !name.startsWith("SQL_")) {
          problems.add(key + ": there is no setting " + name);
        }
      }
    }
  }

  private Limits limits(Keys keys) {
    return new Limits(
        (int) keys.number("max_connections", 4096, 1, 1_000_000),
        keys.size("max_server_memory_usage", 0),
        1000 * keys.number("shutdown_wait_unfinished", 5, 0, 86_400),
        (int) (1000 * keys.number("profiles.default.receive_timeout", 300, 1, 86_400)),
        (int) (1000 * keys.number("profiles.default.send_timeout", 300, 1, 86_400)),
        (int) (1000 * keys.number("profiles.default.idle_connection_timeout", 3600, 1, 86_400)),
        (int) keys.number("handshake_timeout_milliseconds", 10_000, 10, 3_600_000));
  }

  private Http http(ConfigNode root, Keys keys) {
    Map<String, String> options = new LinkedHashMap<>();
    ConfigNode given = root.child("http_options_response");
    if (given != null) {
      for (ConfigNode h : given.children) {
        ConfigNode name = h.child("name");
        ConfigNode value = h.child("value");
        if (h.name.equals("header") && name != null && value != null) {
          options.put(name.text, value.text);
        }
      }
    } else {
      options.put("Access-Control-Allow-Origin", "*");
      options.put(
          "Access-Control-Allow-Headers",
          "origin, x-requested-with, x-clickhouse-format, x-clickhouse-user, x-clickhouse-key,"
              + " x-clickhouse-database, authorization, content-type");
      options.put("Access-Control-Allow-Methods", "POST, GET, OPTIONS");
      options.put("Access-Control-Max-Age", "86400");
    }
    Map<String, String> added = new LinkedHashMap<>();
    ConfigNode headers = root.child("http_response_headers");
    if (headers != null) {
      headers.children.forEach(c -> added.put(c.name, c.text));
    }
    return new Http(
        (int) (1000 * keys.number("keep_alive_timeout", 30, 0, 86_400)),
        (int) (1000 * keys.number("default_session_timeout", 60, 1, 86_400)),
        (int) (1000 * keys.number("max_session_timeout", 3600, 1, 864_000)),
        (int) keys.number("profiles.default.http_max_uri_size", 1 << 20, 64, 1 << 28),
        (int) keys.number("profiles.default.http_max_request_header_size", 10 << 20, 256, 1 << 28),
        (int) (1000 * keys.number("profiles.default.http_headers_read_timeout", 30, 1, 3600)),
        keys.text("http_server_default_response", "Ok.\n"),
        Map.copyOf(options),
        Map.copyOf(added),
        HttpHandlers.read(keys.all(), problems));
  }

  private @org.jspecify.annotations.Nullable TlsFiles tls(Keys keys, Ports ports) {
    String certificate = keys.text("openSSL.server.certificateFile", "");
    String key = keys.text("openSSL.server.privateKeyFile", "");
    if (!ports.needTls()) {
      return null;
    }
    for (var e :
        new TreeMap<>(Map.of("certificateFile", certificate, "privateKeyFile", key)).entrySet()) {
      if (e.getValue().isEmpty()) {
        problems.add(
            "openSSL.server."
                + e.getKey()
                + " is needed for https_port, tcp_port_secure and interserver_https_port");
      } else if (!Files.isReadable(Path.of(e.getValue()))) {
        problems.add("openSSL.server." + e.getKey() + ": cannot read " + e.getValue());
      }
    }
    return new TlsFiles(Path.of(certificate), Path.of(key), verification(keys));
  }

  private Verification verification(Keys keys) {
    String at = "openSSL.server.";
    String authorities = keys.text(at + "caConfig", "");
    String list = keys.text(at + "crlFile", "");
    String word =
        keys.choice(
            at + "verificationMode",
            authorities.isEmpty() ? "none" : "relaxed",
            List.of("none", "relaxed", "strict", "once"));
    Verification.Mode mode =
        switch (word) {
          case "none" -> Verification.Mode.NONE;
          case "strict" -> Verification.Mode.STRICT;
          default -> Verification.Mode.RELAXED;
        };
    if (mode != Verification.Mode.NONE && authorities.isEmpty()) {
      problems.add(at + "caConfig is needed to verify certificates of clients");
    }
    for (String file : List.of(authorities, list)) {
      if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
        problems.add(at + (file.equals(list) ? "crlFile" : "caConfig") + ": cannot read " + file);
      }
    }
    return new Verification(mode, Path.of(authorities), list.isEmpty() ? null : Path.of(list));
  }

  private List<String> listenHosts(ConfigNode root) {
    List<String> hosts = new ArrayList<>();
    for (ConfigNode c : root.children) {
      if (c.name.equals("listen_host") && !c.text.isBlank()) {
        hosts.add(c.text.strip());
      }
    }
    if (hosts.isEmpty()) {
      hosts.add("127.0.0.1");
      if (hasIpv6Loopback()) {
        hosts.add("::1");
      }
    }
    return List.copyOf(hosts);
  }

  private static boolean hasIpv6Loopback() {
    try {
      NetworkInterface at = NetworkInterface.getByInetAddress(InetAddress.getByName("::1"));
      return at != null && at.inetAddresses().anyMatch(a -> a instanceof Inet6Address);
    } catch (SocketException | UnknownHostException e) {
      return false;
    }
  }

  private static String hostName() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isEmpty()) {
      return name;
    }
    try {
      return Files.readString(Path.of("/etc/hostname")).strip();
    } catch (java.io.IOException e) {
      return "localhost";
    }
  }
}
