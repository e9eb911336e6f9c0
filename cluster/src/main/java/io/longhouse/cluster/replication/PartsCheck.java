package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares the parts on disk with those that Keeper says the replica has, at the start. What Keeper
 * does not know of is put aside; what is missing is fetched again.
 */
final class PartsCheck {
  private static final System.Logger LOG = System.getLogger(PartsCheck.class.getName());

  private final ReplicaCore core;
  private final PartNodes nodes;

  PartsCheck(ReplicaCore core, PartNodes nodes) {
    this.core = core;
    this.nodes = nodes;
  }

  /**
   * A part on disk that Keeper knows nothing of.
   *
   * @param replaced outdated parts that it contains, which Keeper says the replica has
   * @param isExplained whether it is only what was under way when the server ended: an INSERT, or a
   *     merge whose sources are all there
   */
  private record Unexpected(DataPart part, List<PartName> replaced, boolean isExplained) {}

  /**
   * @throws LonghouseException TOO_MANY_UNEXPECTED_DATA_PARTS (231) when so much is unknown to
   *     Keeper that this may be another table's disk
   */
  void run(KeeperSession session) {
    Set<PartName> expected = new HashSet<>(nodes.names(session, core.path().replica()));
    List<DataPart> parts = core.data().snapshot().parts();
    List<Unexpected> unexpected = new ArrayList<>();
    for (DataPart p : parts) {
      if (!expected.contains(p.name())) {
        unexpected.add(unexpected(p, expected));
      }
    }
    checkNotTooMany(session, unexpected, parts);
    for (Unexpected u : unexpected) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: part {1} is not known to Keeper, it is put aside as ignored_{1}; parts {2} are"
              + " active again",
          core.name(),
          u.part,
          u.replaced);
      core.data().partitions().putAside(u.part, "ignored", u.replaced);
    }
    for (PartName n : core.data().outdated()) {
      // What replaced it is known; what is not would be found unexpected at the next start.
      if (!expected.contains(n) && core.data().snapshot().containing(n) == null) {
        core.data().eraseOutdated(n);
      }
    }
    for (PartName n : expected) {
      if (core.data().snapshot().containing(n) == null) {
        fetchAgain(session, n);
      }
    }
  }

  private Unexpected unexpected(DataPart part, Set<PartName> expected) {
    List<PartName> known = expected.stream().filter(part.name()::contains).toList();
    Set<PartName> there = new HashSet<>(core.data().outdated());
    List<PartName> replaced = new ArrayList<>();
    for (PartName n : known) {
      boolean isLargest = known.stream().noneMatch(o -> !o.equals(n) && o.contains(n));
      if (isLargest && there.contains(n)) {
        replaced.add(n);
      }
    }
    // Rows of equal key may have become one already in an INSERT.
    PartName name = part.name();
    boolean isNew = name.minBlock() == name.maxBlock() && name.level() <= 1 && name.mutation() == 0;
    return new Unexpected(part, replaced, isNew || !known.isEmpty() && there.containsAll(known));
  }

  private void checkNotTooMany(
      KeeperSession session, List<Unexpected> unexpected, List<DataPart> parts) {
    long wrong =
        unexpected.stream().filter(u -> !u.isExplained).mapToLong(u -> u.part.rows()).sum();
    long all = parts.stream().mapToLong(DataPart::rows).sum();
    double ratio = core.settings().fraction("replicated_max_ratio_of_wrong_parts");
    String forced = core.path().own("flags/force_restore_data");
    if (wrong > all * ratio && !session.removeIfThere(forced)) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_UNEXPECTED_DATA_PARTS,
          "The local set of parts of table "
              + core.name()
              + " doesn't look like the set of parts in ZooKeeper: "
              + wrong
              + " rows of "
              + all
              + " total rows in filesystem are suspicious. There are "
              + unexpected.size()
              + " unexpected parts with "
              + wrong
              + " rows");
    }
  }

  /** A part that the replica should have and does not. */
  private void fetchAgain(KeeperSession session, PartName part) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}: part {1} is missing, it will be fetched",
        core.name(),
        part);
    KeeperNode node = session.tryGet(core.path().part(part));
    List<Op> ops = new ArrayList<>();
    long madeSec = 0;
    if (node != null) {
      madeSec = node.stat().ctimeMs() / 1000;
      nodes.removeOps(part, node, ops);
    }
    LogEntry entry = LogEntry.of(madeSec, "", new LogEntry.Get(part.toString()));
    ops.add(
        new Op.Create(
            core.path().own("queue/queue-"), entry.toBytes(), CreateMode.PERSISTENT_SEQUENTIAL));
    session.multi(ops).orThrow();
  }
}
