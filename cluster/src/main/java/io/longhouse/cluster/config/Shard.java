package io.longhouse.cluster.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Servers with the same rows.
 *
 * @param number from 1
 * @param weight its part of new rows
 * @param internalReplication whether rows written to one replica come to the others by themselves
 * @param name empty for none
 */
public record Shard(
    int number, int weight, boolean internalReplication, String name, List<Replica> replicas) {
  public Shard {
    replicas = List.copyOf(replicas);
  }

  /** The replica that this server is; null when it is none of them. */
  public @Nullable Replica local() {
    for (Replica r : replicas) {
      if (r.local()) {
        return r;
      }
    }
    return null;
  }

  /** {@code a:9000, b:9000}, for messages. */
  public String addresses() {
    return String.join(", ", replicas.stream().map(Replica::address).toList());
  }
}
