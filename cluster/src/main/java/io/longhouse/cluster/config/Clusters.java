package io.longhouse.cluster.config;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that this server knows: those of {@code remote_servers}, with the servers named
 * there or found in Keeper ({@link ClusterDiscovery}), and some predefined ones for a first try.
 * Safe for many threads; a query keeps the {@link Cluster} it has, whatever is reloaded meanwhile.
 */
public final class Clusters {
  /** What a server without any configuration has, in the order of system.clusters. */
  private static final Map<String, String> PREDEFINED = new LinkedHashMap<>();

  static {
    PREDEFINED.put("test_shard_localhost", "localhost");
    PREDEFINED.put("test_cluster_one_shard_two_replicas", "127.0.0.1|127.0.0.2");
    PREDEFINED.put("test_cluster_two_shards", "127.0.0.1,127.0.0.2");
    PREDEFINED.put("test_cluster_two_shards_internal_replication", "127.0.0.1,127.0.0.2");
    PREDEFINED.put("test_cluster_two_shards_localhost", "localhost,localhost");
    PREDEFINED.put("test_unavailable_shard", "localhost,localhost:1");
  }

  /** Clusters of one configuration on a server with known ports. */
  private record Known(
      Map<String, String> configuration, Hosts hosts, Map<String, Cluster> clusters) {}

  private final LocalEngine engine;
  private volatile Known known;

  /** Those of which Keeper knows the servers, as last seen. */
  private volatile Map<String, Cluster> discovered = Map.of();

  /**
   * @throws LonghouseException what is wrong with the configuration
   */
  public Clusters(LocalEngine engine) {
    this.engine = engine;
    this.known = read(engine.config().configuration());
  }

  /**
   * Takes over a configuration that was read again.
   *
   * @throws LonghouseException what is wrong with it; nothing has changed then
   */
  public void reload(Map<String, String> configuration) {
    ClusterReader.discoveries(configuration);
    known = read(configuration);
  }

  /** Takes over the clusters of which Keeper knows the servers. */
  void discovered(Map<String, Cluster> found) {
    discovered = new TreeMap<>(found);
  }

  private Known read(Map<String, String> configuration) {
    Hosts hosts = Hosts.of(engine, configuration);
    Map<String, Cluster> all = new LinkedHashMap<>();
    PREDEFINED.forEach((name, addresses) -> {
      boolean internal = name.endsWith("_internal_replication");
      all.put(
          name, new Cluster(name, "", shards(addresses, "default", "", false, internal, hosts)));
    });
    all.putAll(new ClusterReader(hosts).read(configuration));
    return new Known(configuration, hosts, all);
  }

  /** As of now: the server's own ports are known only once it listens. */
  private Known known() {
    Known k = known;
    if (!k.hosts().bound().equals(engine.ports())) {
      k = read(k.configuration());
      known = k;
    }
    return k;
  }

  /** All clusters, the predefined ones first. */
  public List<Cluster> all() {
    List<Cluster> all = new ArrayList<>(known().clusters().values());
    all.addAll(discovered.values());
    return all;
  }

  /** The cluster of a name, which may hold macros; null when there is none. */
  public @Nullable Cluster find(String name) {
    return named(engine.macros().expand(name));
  }

  /** The cluster of just that name, which may come from anybody; null when there is none. */
  public @Nullable Cluster named(String name) {
    Cluster configured = known().clusters().get(name);
    return configured != null ? configured : discovered.get(name);
  }

  /**
   * @throws LonghouseException CLUSTER_DOESNT_EXIST (701)
   */
  public Cluster require(String name) {
    Cluster c = find(name);
    if (c == null) {
      throw new LonghouseException(
          ErrorCode.CLUSTER_DOESNT_EXIST, "Requested cluster '" + name + "' not found");
    }
    return c;
  }

  /** Whether an address leads to this server's port for native connections, plain or with TLS. */
  public boolean isThisServer(String host, int port) {
    Hosts hosts = known().hosts();
    return hosts.isThisServer(host, port, false) || hosts.isThisServer(host, port, true);
  }

  /** Where this server listens for native connections; not positive when it does not. */
  public int ownPort() {
    return known().hosts().ownPort(false);
  }

  /**
   * A cluster of addresses as {@code remote} takes them; see {@link AddressPatterns}.
   *
   * @param secure whether to connect with TLS
   */
  public Cluster ofAddresses(String addresses, String user, String password, boolean secure) {
    return new Cluster("", "", shards(addresses, user, password, secure, false, known().hosts()));
  }

  private static List<Shard> shards(
      String addresses,
      String user,
      String password,
      boolean secure,
      boolean internalReplication,
      Hosts hosts) {
    List<Shard> shards = new ArrayList<>();
    for (List<AddressPatterns.Address> replicas : AddressPatterns.parse(addresses)) {
      List<Replica> made = new ArrayList<>();
      for (AddressPatterns.Address a : replicas) {
        int port = a.port() == 0 ? hosts.ownPort(secure) : a.port();
        boolean local = hosts.isThisServer(a.host(), port, secure);
        made.add(new Replica(a.host(), port, user, password, secure, !local, 1, "", local, null));
      }
      shards.add(new Shard(shards.size() + 1, 1, internalReplication, "", made));
    }
    return shards;
  }
}
