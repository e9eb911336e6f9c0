package io.longhouse.cluster.config;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.ClusterSecret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clusters from {@code remote_servers}:
 *
 * <pre>
 * cluster:  secret?, (shard: name?, weight?, internal_replication?, replica+ | node)+
 * replica, node:  host, port?, user?, password?, secure?, compression?, priority?, default_database?
 * </pre>
 */
final class ClusterReader {
  private static final String ROOT = "remote_servers";
  private static final int PORT_MAX = 65_535;
  private static final Set<String> OF_SHARD = Set.of("weight", "internal_replication", "name");
  private static final Set<String> OF_CLUSTER = Set.of("secret", "allow_distributed_ddl_queries");

  private final Hosts hosts;

  ClusterReader(Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * @throws LonghouseException what is wrong with the configuration, with the path in it
   */
  Map<String, Cluster> read(Map<String, String> configuration) {
    Map<String, Cluster> found = new LinkedHashMap<>();
    ConfigTree.of(configuration, ROOT)
        .children()
        .forEach((name, tree) -> {
          if (!tree.has("discovery")) {
            found.put(name, cluster(name, tree));
          }
        });
    return found;
  }

  /**
   * The clusters of which Keeper knows the servers.
   *
   * @throws LonghouseException what is wrong with the configuration
   */
  static List<Discovery> discoveries(Map<String, String> configuration) {
    List<Discovery> found = new ArrayList<>();
    ConfigTree.of(configuration, ROOT)
        .children()
        .forEach((name, tree) -> {
          ConfigTree d = tree.children().get("discovery");
          if (d != null) {
            found.add(discovery(name, d));
          }
        });
    return found;
  }

  private static Discovery discovery(String name, ConfigTree tree) {
    String path = tree.text("path", "").strip();
    if (path.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG, "ZooKeeper path for cluster '" + name + "' is empty");
    }
    return new Discovery(
        name,
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
        number(tree, "shard", 0, 0, Integer.MAX_VALUE),
        tree.has("observer") && flag(tree, "observer", true),
        tree.text("my_hostname", ""),
        tree.text("user", "default"),
        tree.text("password", ""),
        tree.text("secret", ""),
        tree.has("secure") && flag(tree, "secure", true));
  }

  private Cluster cluster(String name, ConfigTree tree) {
    String secret = tree.text("secret", "");
    ClusterSecret proof = secret.isEmpty() ? null : new ClusterSecret(name, secret);
    List<Shard> shards = new ArrayList<>();
    tree.children()
        .forEach((key, child) -> {
          if (!OF_CLUSTER.contains(key)) {
            shards.add(shard(shards.size() + 1, key, child, proof));
          }
        });
    if (shards.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.SHARD_HAS_NO_CONNECTIONS,
          "No cluster elements (shard, node) specified in config at path " + tree.path());
    }
    checkNames(shards, tree.path());
    return new Cluster(name, secret, shards);
  }

  private Shard shard(int number, String key, ConfigTree tree, @Nullable ClusterSecret secret) {
    boolean alone = key.startsWith("node");
    if (!alone && !key.startsWith("shard")) {
      throw unknown(tree);
    }
    List<Replica> replicas = new ArrayList<>();
    if (alone) {
      replicas.add(replica(tree, secret));
    } else {
      tree.children()
          .forEach((name, child) -> {
            if (name.startsWith("replica")) {
              replicas.add(replica(child, secret));
            } else if (!OF_SHARD.contains(name)) {
              throw unknown(child);
            }
          });
    }
    boolean replicates = !alone && flag(tree, "internal_replication", false);
    int weight = number(tree, "weight", 1, 0, Integer.MAX_VALUE);
    return new Shard(number, weight, replicates, tree.text("name", ""), replicas);
  }

  private Replica replica(ConfigTree tree, @Nullable ClusterSecret secret) {
    String host = tree.text("host", "");
    if (host.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG,
          "Host is not specified in cluster configuration: " + tree.path() + ".host");
    }
    boolean secure = tree.has("secure") && flag(tree, "secure", true);
    int port = number(tree, "port", hosts.ownPort(secure), 0, PORT_MAX);
    if (port <= 0) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG,
          "Port is not specified in cluster configuration: " + tree.path() + ".port");
    }
    String database = tree.text("default_database", "");
    boolean local = database.isEmpty() && hosts.isThisServer(host, port, secure);
    return new Replica(
        host,
        port,
        tree.text("user", "default"),
        tree.text("password", ""),
        secure,
        flag(tree, "compression", !local),
        number(tree, "priority", 1, Integer.MIN_VALUE, Integer.MAX_VALUE),
        database,
        local,
        secret);
  }

  private static void checkNames(List<Shard> shards, String path) {
    Set<String> names = new HashSet<>();
    int named = 0;
    for (Shard s : shards) {
      if (!s.name().isEmpty()) {
        named++;
        names.add(s.name());
      }
    }
    if (named != 0 && named != shards.size()) {
      throw new LonghouseException(
          ErrorCode.INVALID_SHARD_ID,
          "name must be specified for every shard(node) in the config or for none. Config: "
              + path);
    }
    if (names.size() != named) {
      throw new LonghouseException(
          ErrorCode.INVALID_SHARD_ID,
          "Field shard_name is incorrect. It must be unique in cluster and non-empty: " + path);
    }
  }

  private static LonghouseException unknown(ConfigTree tree) {
    return new LonghouseException(
        ErrorCode.UNKNOWN_ELEMENT_IN_CONFIG, "Unknown element in config: " + tree.path());
  }

  private static boolean flag(ConfigTree tree, String child, boolean otherwise) {
    String text = tree.text(child, "").strip().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "" -> otherwise;
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw wrong(tree, child, text + " is neither true nor false");
    };
  }

  private static int number(ConfigTree tree, String child, int otherwise, int min, int max) {
    String text = tree.text(child, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int n = Integer.parseInt(text);
      if (n >= min && n <= max) {
        return n;
      }
    } catch (NumberFormatException e) {
      throw wrong(tree, child, text + " is not a number");
    }
    throw wrong(tree, child, text + " is not between " + min + " and " + max);
  }

  private static LonghouseException wrong(ConfigTree tree, String child, String what) {
    return new LonghouseException(
        ErrorCode.INVALID_CONFIG_PARAMETER, tree.path() + "." + child + ": " + what);
  }
}
