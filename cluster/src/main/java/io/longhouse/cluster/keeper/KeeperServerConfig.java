package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperConfig.Host;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code <keeper_server>}: the Keeper in this process.
 *
 * @param port for clients
 * @param serverId its own number among the members
 * @param members of the ensemble, this one included; empty for a Keeper that is alone
 * @param tickMs unit of ZooKeeper's times; sessions last 2 to 20 ticks at least and at most, unless
 *     the session timeouts say otherwise
 */
public record KeeperServerConfig(
    int port,
    List<String> listenHosts,
    int serverId,
    List<Member> members,
    Path folder,
    int tickMs,
    int sessionTimeoutMinMs,
    int sessionTimeoutMaxMs) {
  private static final int TICK_MS = 2000;
  private static final int SESSION_MIN_MS = 10_000;
  private static final int SESSION_MAX_MS = 100_000;
  private static final int SERVERS_MAX = 255;

  /**
   * One server of an ensemble.
   *
   * @param port followers copy from the leader there
   * @param electionPort leaders are elected there
   */
  public record Member(int id, String host, int port, int electionPort) {}

  public KeeperServerConfig {
    listenHosts = List.copyOf(listenHosts);
    members = List.copyOf(members);
  }

  /** One that is alone, on loopback, quick to notice that a session has ended. */
  public static KeeperServerConfig alone(Path folder, int port) {
    return new KeeperServerConfig(
        port, List.of("127.0.0.1"), 1, List.of(), folder, 200, 400, SESSION_MAX_MS);
  }

  /**
   * @param path the server's data directory; null for a temporary one of the process
   * @return null when there is no {@code <keeper_server>}
   */
  public static @Nullable KeeperServerConfig read(Map<String, String> keys, @Nullable Path path) {
    int port = port(keys);
    if (port < 0) {
      return null;
    }
    List<Member> members = members(keys);
    int id = KeeperConfig.number(keys, "keeper_server.server_id", 1);
    if (!members.isEmpty() && members.stream().noneMatch(m -> m.id() == id)) {
      throw new LonghouseException(
          ErrorCode.RAFT_ERROR,
          "keeper_server.server_id is "
              + id
              + ", but raft_configuration has only servers "
              + members.stream().map(Member::id).toList());
    }
    String at = "keeper_server.coordination_settings.";
    return new KeeperServerConfig(
        port,
        listenHosts(keys),
        id,
        members.size() == 1 ? List.of() : members,
        folder(keys, path),
        KeeperConfig.number(keys, at + "heart_beat_interval_ms", TICK_MS),
        KeeperConfig.number(keys, at + "min_session_timeout_ms", SESSION_MIN_MS),
        KeeperConfig.number(keys, at + "session_timeout_ms", SESSION_MAX_MS));
  }

  private static int port(Map<String, String> keys) {
    if (keys.keySet().stream().noneMatch(k -> k.startsWith("keeper_server."))) {
      return -1;
    }
    int port = KeeperConfig.number(keys, "keeper_server.tcp_port", -1);
    if (port < 0) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG, "keeper_server.tcp_port is missing");
    }
    return port;
  }

  private static List<String> listenHosts(Map<String, String> keys) {
    List<String> hosts = new ArrayList<>();
    for (int i = 0; ; i++) {
      String host = keys.get("listen_host" + (i == 0 ? "" : "[" + i + "]"));
      if (host == null) {
        return hosts.isEmpty() ? List.of("127.0.0.1") : hosts;
      }
      hosts.add(host.strip());
    }
  }

  private static Path folder(Map<String, String> keys, @Nullable Path path) {
    String written = keys.getOrDefault("keeper_server.storage_path", "").strip();
    if (!written.isEmpty()) {
      return Path.of(written);
    }
    return (path == null ? Path.of(System.getProperty("java.io.tmpdir")) : path)
        .resolve("coordination");
  }

  private static List<Member> members(Map<String, String> keys) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < SERVERS_MAX; i++) {
      String at = "keeper_server.raft_configuration.server" + (i == 0 ? "" : "[" + i + "]") + ".";
      String host = keys.get(at + "hostname");
      if (host == null) {
        break;
      }
      int port = KeeperConfig.number(keys, at + "port", 9234);
      members.add(
          new Member(
              KeeperConfig.number(keys, at + "id", i + 1),
              host.strip(),
              port,
              KeeperConfig.number(keys, at + "election_port", port + 1)));
    }
    return members;
  }

  /** Where clients of the ensemble connect to; empty when there is no {@code <keeper_server>}. */
  static List<Host> clientHosts(Map<String, String> keys) {
    int port = port(keys);
    if (port < 0) {
      return List.of();
    }
    List<Member> members = members(keys);
    return members.size() <= 1
        ? List.of(new Host("127.0.0.1", port, false))
        : members.stream().map(m -> new Host(m.host(), port, false)).toList();
  }
}
