package io.longhouse.cluster.config;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers that share the rows of tables.
 *
 * @param shards each has other rows; its replicas have the same
 */
public record Cluster(String name, List<List<Address>> shards) {
  /** The clusters that a server has without any configuration, as ClickHouse ships them. */
  private static final Map<String, Cluster> PREDEFINED = new LinkedHashMap<>();

  static {
    predefine("test_shard_localhost", "localhost");
    predefine("test_cluster_one_shard_two_replicas", "127.0.0.1|127.0.0.2");
    predefine("test_cluster_two_shards", "127.0.0.1,127.0.0.2");
    predefine("test_cluster_two_shards_internal_replication", "127.0.0.1,127.0.0.2");
    predefine("test_cluster_two_shards_localhost", "localhost,localhost");
  }

  /**
   * A server.
   *
   * @param port 0 for this server's own
   */
  public record Address(String host, int port) {
    /**
     * Whether it is this server.
     *
     * @throws UnknownHostException when nobody knows the name
     */
    public boolean isLocal() throws UnknownHostException {
      InetAddress address = InetAddress.getByName(host);
      try {
        return port == 0
            && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
      } catch (SocketException e) {
        return false;
      }
    }
  }

  public Cluster {
    shards = shards.stream().map(List::copyOf).toList();
  }

  private static void predefine(String name, String addresses) {
    PREDEFINED.put(name, new Cluster(name, AddressPatterns.parse(addresses)));
  }

  /** All clusters by name. */
  public static List<Cluster> all() {
    return List.copyOf(PREDEFINED.values());
  }

  /**
   * @throws LonghouseException CLUSTER_DOESNT_EXIST (701)
   */
  public static Cluster require(String name) {
    Cluster c = PREDEFINED.get(name);
    if (c == null) {
      throw new LonghouseException(
          ErrorCode.CLUSTER_DOESNT_EXIST, "Requested cluster '" + name + "' not found");
    }
    return c;
  }

  /**
   * Checks that each shard can be reached, which this server does for those it is a replica of.
   *
   * @throws LonghouseException ALL_CONNECTION_TRIES_FAILED (279) or NOT_IMPLEMENTED (48)
   */
  public void checkReachable() {
    for (List<Address> replicas : shards) {
      List<String> unknown = new ArrayList<>();
      boolean local = false;
      for (Address a : replicas) {
        try {
          local |= a.isLocal();
        } catch (UnknownHostException e) {
          unknown.add(a.host());
        }
      }
      if (!local && unknown.size() == replicas.size()) {
        throw new LonghouseException(
            ErrorCode.ALL_CONNECTION_TRIES_FAILED,
            "All connection tries failed. Not found address of host: "
                + String.join(", ", unknown));
      }
      if (!local) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Reading from other servers is not implemented: " + replicas);
      }
    }
  }
}
