package io.longhouse.cluster.config;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Servers that share the rows of tables.
 *
 * @param name empty for one made of addresses
 * @param secret what its servers prove to each other that they belong to it; empty for none
 * @param shards each has other rows; its replicas have the same
 */
public record Cluster(String name, String secret, List<Shard> shards) {
  /**
   * @throws LonghouseException SHARD_HAS_NO_CONNECTIONS (297) for a shard without replicas,
   *     BAD_ARGUMENTS (36) when no shard has a weight
   */
  public Cluster {
    shards = List.copyOf(shards);
    for (Shard s : shards) {
      if (s.replicas().isEmpty()) {
        throw new LonghouseException(
            ErrorCode.SHARD_HAS_NO_CONNECTIONS, "Found shard without any specified connection");
      }
    }
    if (!shards.isEmpty() && shards.stream().allMatch(s -> s.weight() == 0)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Cluster with zero weight on all shards is prohibited");
    }
  }

  /** Every server a shard of its own; a server that is in several shards counts once. */
  public Cluster ofAllReplicas() {
    List<Shard> each = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Shard s : shards) {
      for (Replica r : s.replicas()) {
        if (seen.add(r.address())) {
          each.add(new Shard(each.size() + 1, 1, false, "", List.of(r)));
        }
      }
    }
    return new Cluster(name, secret, each);
  }

  /** The sum of all weights. */
  public long totalWeight() {
    return shards.stream().mapToLong(Shard::weight).sum();
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "Cluster[" + name + ", " + shards + "]";
  }
}
