package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.PartHeader;
import io.longhouse.sql.ByteText;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What replicas say in Keeper of the parts that they have: {@code /replicas/R/parts/NAME}. */
final class PartNodes {
  private static final int BATCH = 100;

  private final ReplicaCore core;
  private final ReplicaPath path;

  PartNodes(ReplicaCore core) {
    this.core = core;
    this.path = core.path();
  }

  static PartHeader header(DataPart part) {
    return PartHeader.of(columns(part), part.checksums());
  }

  private static String columns(DataPart part) {
    return ByteText.decode(part.disk().readAll(part.folder() + "/columns.txt"));
  }

  /** Says that the replica has a part. */
  void addOps(DataPart part, List<Op> ops) {
    String node = path.part(part.name());
    boolean small = core.settings().isOn("use_minimalistic_part_header_in_zookeeper");
    if (small && !core.hasOldPeers()) {
      ops.add(new Op.Create(node, header(part).toBytes(), CreateMode.PERSISTENT));
    } else {
      addOldOps(part, ops);
    }
  }

  /**
   * Writes what this replica says of its parts as old servers read it: they wait for ever for parts
   * of which they see the name and not the columns.
   */
  void writeAsOldPeersRead(KeeperSession session) {
    List<PartName> parts = names(session, path.replica());
    for (int from = 0; from < parts.size(); from += BATCH) {
      List<PartName> batch = parts.subList(from, Math.min(parts.size(), from + BATCH));
      List<@Nullable KeeperNode> found = session.getAll(batch.stream().map(path::part).toList());
      for (int i = 0; i < batch.size(); i++) {
        KeeperNode node = found.get(i);
        if (node != null && PartHeader.isHeader(node.data())) {
          writeAsOldPeersRead(session, batch.get(i), node);
        }
      }
    }
  }

  private void writeAsOldPeersRead(KeeperSession session, PartName name, KeeperNode node) {
    DataPart part = core.data().retained(name);
    if (part == null) {
      return;
    }
    try {
      List<Op> ops = new ArrayList<>();
      ops.add(Op.remove(path.part(name), node.version()));
      addOldOps(part, ops);
      // Should it have changed meanwhile it is looked at again later.
      session.multi(ops);
    } finally {
      part.release();
    }
  }

  private void addOldOps(DataPart part, List<Op> ops) {
    String node = path.part(part.name());
    ops.add(Op.create(node, ""));
    ops.add(
        new Op.Create(node + "/columns", ByteText.encode(columns(part)), CreateMode.PERSISTENT));
    ops.add(
        new Op.Create(
            node + "/checksums", header(part).checksums().toBytes(), CreateMode.PERSISTENT));
  }

  /** What a replica says of a part; null when it does not have it. */
  @Nullable PartHeader read(KeeperCalls keeper, String replica, PartName part) {
    String node = path.other(replica, "parts/" + part);
    KeeperNode found = keeper.tryGet(node);
    if (found == null) {
      return null;
    }
    if (PartHeader.isHeader(found.data())) {
      return PartHeader.parse(found.data(), node);
    }
    KeeperNode columns = keeper.tryGet(node + "/columns");
    KeeperNode checksums = keeper.tryGet(node + "/checksums");
    return columns == null || checksums == null
        ? null
        : PartHeader.ofNodes(columns.data(), checksums.data(), node);
  }

  /**
   * Says that the replica has a prepared part, which must be the same as that of other replicas.
   *
   * @param rawOnly whether compressed files may differ as long as what they hold does not
   * @throws io.longhouse.sql.LonghouseException CHECKSUM_DOESNT_MATCH (40)
   */
  void add(KeeperSession session, DataPart part, boolean rawOnly) {
    PartHeader header = header(part);
    while (true) {
      List<String> absent = compare(session, part.name(), header, rawOnly);
      if (session.exists(path.part(part.name())) != null) {
        return;
      }
      List<Op> ops = new ArrayList<>();
      for (String node : absent) {
        ops.add(Op.create(node, ""));
        ops.add(Op.remove(node));
      }
      addOps(part, ops);
      MultiResult result = session.multi(ops);
      if (result.isDone()) {
        return;
      }
      boolean appeared =
          result.failedAt() < 2 * absent.size() && result.reason() == Reason.NODE_EXISTS
              || result.failed(2 * absent.size(), Reason.NODE_EXISTS);
      boolean gone = result.failedAt() < 2 * absent.size() && result.reason() == Reason.NO_NODE;
      if (!appeared && !gone) {
        result.orThrow();
      }
    }
  }

  /** Compares a part with that of a replica; answers the nodes of replicas that have none. */
  private List<String> compare(
      KeeperCalls keeper, PartName part, PartHeader header, boolean rawOnly) {
    List<String> replicas = new ArrayList<>(keeper.children(path.of("replicas")));
    Collections.shuffle(replicas);
    List<String> absent = new ArrayList<>();
    for (String r : replicas) {
      PartHeader other = read(keeper, r, part);
      if (other == null) {
        if (!r.equals(path.replica())) {
          absent.add(path.other(r, "parts/" + part));
        }
      } else if (other.columnsHash().equals(header.columnsHash())) {
        other.checksums().checkEqual(header.checksums(), rawOnly);
        // The others are the same as that one.
        return List.of();
      }
    }
    return absent;
  }

  /** Says that the replica has a part no more. */
  void removeOps(PartName part, KeeperNode node, List<Op> ops) {
    if (node.stat().childCount() > 0) {
      ops.add(Op.remove(path.part(part) + "/checksums"));
      ops.add(Op.remove(path.part(part) + "/columns"));
    }
    ops.add(Op.remove(path.part(part)));
  }

  /** Says that the replica has some parts no more, whether it said that it has them or not. */
  void remove(KeeperSession session, Collection<PartName> parts) {
    List<PartName> all = List.copyOf(parts);
    for (int from = 0; from < all.size(); from += BATCH) {
      removeBatch(session, all.subList(from, Math.min(all.size(), from + BATCH)));
    }
  }

  private void removeBatch(KeeperSession session, List<PartName> parts) {
    while (true) {
      List<@Nullable KeeperNode> nodes = session.getAll(parts.stream().map(path::part).toList());
      List<Op> ops = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        KeeperNode node = nodes.get(i);
        if (node != null) {
          removeOps(parts.get(i), node, ops);
        }
      }
      if (ops.isEmpty()) {
        return;
      }
      MultiResult result = session.multi(ops);
      if (result.isDone()) {
        return;
      }
      // Somebody was faster.
      if (result.reason() != Reason.NO_NODE && result.reason() != Reason.NOT_EMPTY) {
        result.orThrow();
      }
    }
  }

  /** The names of the parts that a replica says it has. */
  List<PartName> names(KeeperCalls keeper, String replica) {
    List<PartName> names = new ArrayList<>();
    List<String> nodes = keeper.tryChildren(path.other(replica, "parts"), null);
    for (String n : nodes == null ? List.<String>of() : nodes) {
      PartName name = PartName.tryParse(n);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }
}
