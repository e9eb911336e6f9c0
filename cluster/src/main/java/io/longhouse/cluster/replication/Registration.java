package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.TableColumns;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a replica comes to be in Keeper and goes again. The first one makes the table's nodes in one
 * step with its own; {@code /replicas} is made last and removed first, and {@code /dropped} is
 * there while the rest is being removed.
 */
final class Registration {
  private static final System.Logger LOG = System.getLogger(Registration.class.getName());
  private static final int ATTEMPTS_MAX = 1000;
  private static final String PINNED = "pinned_part_uuids";

  private final KeeperCalls keeper;
  private final ReplicaPath path;

  Registration(KeeperCalls keeper, ReplicaPath path) {
    this.keeper = keeper;
    this.path = path;
  }

  /**
   * Registers a new replica.
   *
   * @param table its full name, for messages
   * @return the version of the columns in Keeper
   * @throws LonghouseException REPLICA_ALREADY_EXISTS (253), METADATA_MISMATCH (342) or
   *     INCOMPATIBLE_COLUMNS (122)
   */
  long create(TableTexts texts, String table) {
    keeper.createAll(KeeperPaths.parent(path.table()));
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (keeper.exists(path.of("replicas")) != null) {
        long version = check(texts, table);
        if (join(texts)) {
          return version;
        }
      } else {
        if (keeper.exists(path.of("dropped")) != null) {
          removeLeftovers();
        }
        if (createTable(texts)) {
          return 0;
        }
      }
    }
    throw new LonghouseException(
        ErrorCode.REPLICA_ALREADY_EXISTS,
        "Cannot create table, because it is created concurrently every time or because of wrong"
            + " zookeeper_path "
            + path.table());
  }

  private boolean createTable(TableTexts texts) {
    byte[] metadata = texts.metadata().toBytes();
    List<Op> ops = new ArrayList<>();
    ops.add(Op.create(path.table(), ""));
    // Fails while the table is being removed.
    ops.add(Op.create(path.of("dropped"), ""));
    ops.add(Op.remove(path.of("dropped")));
    ops.add(new Op.Create(path.of("metadata"), metadata, CreateMode.PERSISTENT));
    ops.add(new Op.Create(path.of("columns"), texts.columns(), CreateMode.PERSISTENT));
    for (String n :
        List.of(
            "log",
            "blocks",
            "async_blocks",
            "block_numbers",
            "nonincrement_block_numbers",
            "leader_election",
            "temp",
            "temp/" + BlockNumbers.HOLDER_INSERT,
            "temp/" + BlockNumbers.HOLDER_OTHER)) {
      ops.add(Op.create(path.of(n), ""));
    }
    ops.add(Op.create(path.of("replicas"), "last added replica: " + path.replica()));
    addReplica(texts, "0", 0, ops);
    MultiResult result = keeper.multi(ops);
    if (!result.isDone() && result.reason() != Reason.NODE_EXISTS) {
      result.orThrow();
    }
    return result.isDone();
  }

  private void addReplica(TableTexts texts, String lost, long version, List<Op> ops) {
    ops.add(Op.create(path.own(), ""));
    for (String n : List.of("host", "log_pointer", "queue", "parts", "flags")) {
      ops.add(Op.create(path.own(n), ""));
    }
    ops.add(Op.create(path.own("is_lost"), lost));
    byte[] metadata = texts.metadata().toBytes();
    ops.add(new Op.Create(path.own("metadata"), metadata, CreateMode.PERSISTENT));
    ops.add(new Op.Create(path.own("columns"), texts.columns(), CreateMode.PERSISTENT));
    ops.add(Op.create(path.own("metadata_version"), "" + version));
    for (String n :
        List.of("min_unprocessed_insert_time", "max_processed_insert_time", "mutation_pointer")) {
      ops.add(Op.create(path.own(n), ""));
    }
  }

  /** Checks that a table is what Keeper says; answers the version of that. */
  private long check(TableTexts texts, String table) {
    KeeperNode metadata = keeper.get(path.of("metadata"));
    KeeperNode columns = keeper.get(path.of("columns"));
    texts.metadata().checkEqual(TableMetadata.parse(metadata.data(), path.of("metadata")), table);
    if (!sameColumns(columns.data(), texts.columns(), path.of("columns"))) {
      throw new LonghouseException(
          ErrorCode.INCOMPATIBLE_COLUMNS,
          "Table columns structure in ZooKeeper is different from local table structure. Local"
              + " columns:\n"
              + io.longhouse.sql.ByteText.decode(texts.columns())
              + "\nZookeeper columns:\n"
              + io.longhouse.sql.ByteText.decode(columns.data()));
    }
    return metadata.version();
  }

  static boolean sameColumns(byte[] a, byte[] b, String where) {
    return java.util.Arrays.equals(
        TableColumns.toBytes(TableColumns.parse(a, where)),
        TableColumns.toBytes(TableColumns.parse(b, where)));
  }

  /** Adds a replica to a table that has some; false if another was added at the same moment. */
  private boolean join(TableTexts texts) {
    KeeperNode replicas = keeper.tryGet(path.of("replicas"));
    if (replicas == null) {
      return false;
    }
    long version = keeper.get(path.of("metadata")).version();
    List<Op> ops = new ArrayList<>();
    // It takes over what another has before it is one of them.
    addReplica(texts, replicas.stat().childCount() > 0 ? "1" : "0", version, ops);
    ops.add(
        Op.set(path.of("replicas"), "last added replica: " + path.replica(), replicas.version()));
    ops.add(Op.check(path.of("metadata"), (int) version));
    MultiResult result = keeper.multi(ops);
    if (result.failed(0, Reason.NODE_EXISTS)) {
      throw new LonghouseException(
          ErrorCode.REPLICA_ALREADY_EXISTS, "Replica " + path.own() + " already exists");
    }
    boolean again = result.reason() == Reason.BAD_VERSION || result.reason() == Reason.NO_NODE;
    if (!result.isDone() && !again) {
      result.orThrow();
    }
    return result.isDone();
  }

  /** Nodes that tables of older servers lack. */
  void addNewNodes() {
    List<String> nodes = new ArrayList<>();
    for (String n :
        List.of(
            "quorum",
            "quorum/parallel",
            "quorum/last_part",
            "quorum/failed_parts",
            "mutations",
            "async_blocks",
            "alter_partition_version",
            "part_moves_shard",
            "lost_part_count",
            PINNED,
            "temp/" + BlockNumbers.HOLDER_INSERT,
            "temp/" + BlockNumbers.HOLDER_OTHER)) {
      nodes.add(path.of(n));
    }
    for (String n :
        List.of("min_unprocessed_insert_time", "max_processed_insert_time", "mutation_pointer")) {
      nodes.add(path.own(n));
    }
    List<@Nullable KeeperNode> found = keeper.getAll(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      if (found.get(i) == null) {
        boolean pinned = nodes.get(i).equals(path.of(PINNED));
        keeper.createIfMissing(nodes.get(i), pinned ? "{\"part_uuids\":\"[]\"}" : "");
      }
    }
  }

  /** Takes the replica out; the last one takes the table with it. */
  void drop() {
    if (keeper.exists(path.own()) == null) {
      removeTableIfEmpty();
      return;
    }
    // Should the removal be interrupted nobody takes the rest for a replica.
    try {
      keeper.set(path.own("is_lost"), "1");
    } catch (KeeperError e) {
      if (e.reason() != Reason.NO_NODE) {
        throw e;
      }
    }
    keeper.removeAll(path.own());
    removeTableIfEmpty();
  }

  private void removeTableIfEmpty() {
    List<String> left = keeper.tryChildren(path.of("replicas"), null);
    if (left == null || !left.isEmpty()) {
      return;
    }
    MultiResult result =
        keeper.multi(List.of(Op.remove(path.of("replicas")), Op.create(path.of("dropped"), "")));
    if (result.isDone()) {
      removeLeftovers();
    } else if (result.reason() != Reason.NO_NODE
        && result.reason() != Reason.NODE_EXISTS
        && result.reason() != Reason.NOT_EMPTY) {
      result.orThrow();
    }
  }

  private void removeLeftovers() {
    LOG.log(System.Logger.Level.INFO, "removing table {0} from Keeper", path.table());
    List<String> children = keeper.tryChildren(path.table(), null);
    for (String c : children == null ? List.<String>of() : children) {
      if (!c.equals("dropped")) {
        keeper.removeAll(path.of(c));
      }
    }
    MultiResult result =
        keeper.multi(List.of(Op.remove(path.of("dropped")), Op.remove(path.table())));
    if (!result.isDone() && result.reason() != Reason.NO_NODE) {
      result.orThrow();
    }
  }
}
