package io.longhouse.cluster.replication;

import io.longhouse.storage.part.PartName;

/**
 * Where a replicated table and one of its replicas are in Keeper.
 *
 * @param table the path of the table
 * @param replica the name of the replica
 */
public record ReplicaPath(String table, String replica) {
  /** A node of the table. */
  public String of(String node) {
    return table + "/" + node;
  }

  /** The replica's own node. */
  public String own() {
    return table + "/replicas/" + replica;
  }

  /** A node below it. */
  public String own(String node) {
    return own() + "/" + node;
  }

  /** A node of another replica. */
  public String other(String name, String node) {
    return table + "/replicas/" + name + "/" + node;
  }

  /** The replica's node of a part. */
  public String part(PartName part) {
    return own("parts/" + part);
  }

  /** Where the numbers of a partition's blocks come from. */
  public String partition(String id) {
    return of("block_numbers/" + id);
  }

  /** What stands for rows that were inserted. */
  public String block(String id) {
    return of("blocks/" + id);
  }

  @Override
  public String toString() {
    return own();
  }
}
