package io.longhouse.server.config;

import io.longhouse.engine.session.EngineConfig;
import io.longhouse.server.token.TokenConfig;
import io.longhouse.server.token.TokenProcessors;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server process runs with.
 *
 * @param path the data directory
 * @param listenHosts addresses to listen on
 * @param ports each 0 for one that is free; -1 for none
 * @param tls certificate and key; null without them
 * @param http limits and timeouts of the HTTP interface
 * @param sources where it was read from
 * @param keys every key as text, flattened, users and profiles included
 */
public record ServerConfig(
    Path path,
    String displayName,
    List<String> listenHosts,
    Ports ports,
    @Nullable TlsFiles tls,
    Limits limits,
    Http http,
    Log log,
    Map<String, String> keys,
    ConfigSources sources) {

  /** TCP ports by protocol; those of interserver are for other servers. */
  public record Ports(
      int http, int https, int tcp, int tcpSecure, int interserver, int interserverSecure) {
    boolean needTls() {
      return https >= 0 || tcpSecure >= 0 || interserverSecure >= 0;
    }
  }

  /** PEM files. */
  public record TlsFiles(Path certificate, Path privateKey, Verification verification) {}

  /**
   * Whether clients show certificates, and whose are believed.
   *
   * @param authorities a file of certificates or a folder of such
   * @param revocationList a file of lists; null for none
   */
  public record Verification(Mode mode, Path authorities, @Nullable Path revocationList) {
    /** What is asked of a client; a certificate that is shown must always be valid. */
    public enum Mode {
      /** No certificate. */
      NONE,
      /** One if it has one. */
      RELAXED,
      /** One. */
      STRICT
    }
  }

  /**
   * @param connections at most that many at once, over all ports
   * @param shutdownGraceMs how long running queries may go on after SIGTERM
   */
  public record Limits(
      int connections,
      long memoryBytes,
      long shutdownGraceMs,
      int receiveTimeoutMs,
      int sendTimeoutMs,
      int idleConnectionTimeoutMs,
      int handshakeTimeoutMs) {}

  /** Limits and answers of the HTTP interface. */
  public record Http(
      int keepAliveTimeoutMs,
      int sessionTimeoutDefaultMs,
      int sessionTimeoutMaxMs,
      int uriSizeMax,
      int headerSizeMax,
      int headersReadTimeoutMs,
      String defaultResponse,
      Map<String, String> optionsHeaders,
      Map<String, String> responseHeaders,
      HttpHandlers handlers) {}

  /** Where the log goes and how much of it: ClickHouse's level names. */
  public record Log(String level, boolean console, @Nullable Path file) {}

  /** Arguments of {@code longhouse server}; with the process's environment. */
  public static ServerConfig of(List<String> arguments) {
    return new ConfigReader(System.getenv()).read(arguments);
  }

  /** The settings of the default profile, as the engine wants them. */
  public EngineConfig engine() {
    String zone = keys.getOrDefault("timezone", "");
    Map<String, String> configuration = new LinkedHashMap<>(keys);
    configuration.putIfAbsent("user_files_path", path.resolve("user_files") + "/");
    return new EngineConfig(
        path,
        0,
        limits.memoryBytes(),
        zone.isEmpty() ? null : ZoneId.of(zone),
        below("profiles.default."),
        below("merge_tree."),
        configuration);
  }

  /** Addresses to listen on for other servers. */
  public List<String> interserverHosts() {
    String own = keys.getOrDefault("interserver_listen_host", "").strip();
    return own.isEmpty() ? listenHosts : List.of(own);
  }

  /** What verifies tokens; the caller closes it. */
  public TokenProcessors tokens() {
    return TokenConfig.read(keys, problem -> {}, Clock.systemUTC());
  }

  private Map<String, String> below(String prefix) {
    Map<String, String> out = new LinkedHashMap<>();
    keys.forEach((k, v) -> {
      if (k.startsWith(prefix)) {
        out.put(k.substring(prefix.length()), v);
      }
    });
    return out;
  }
}
