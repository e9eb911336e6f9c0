package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.PartChecksums;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.mergetree.MergeTreeTable;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.mergetree.SnapshotLease;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries that take away what a range of blocks contains: DROP and DETACH of partitions and parts,
 * and REPLACE_RANGE, which brings parts of another table in the same step. A range of a single
 * block in REPLACE_RANGE takes nothing away: that is ATTACH and MOVE of a partition.
 */
final class Ranges {
  private static final System.Logger LOG = System.getLogger(Ranges.class.getName());

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final PartNodes nodes;
  private final Fetches fetches;

  Ranges(ReplicaCore core, ReplicationQueue queue, PartNodes nodes, Fetches fetches) {
    this.core = core;
    this.queue = queue;
    this.nodes = nodes;
    this.fetches = fetches;
  }

  private MergeTreeData data() {
    return core.data();
  }

  boolean drop(KeeperSession session, QueueEntry e, LogEntry.DropRange d)
      throws InterruptedException {
    PartName range = PartName.parse(d.newPart());
    queue.removeWithin(session, range, e);
    takeAway(session, range, d.detach());
    return true;
  }

  boolean dropPart(KeeperSession session, QueueEntry e, LogEntry.DropPart d)
      throws InterruptedException {
    PartName part = PartName.parse(d.newPart());
    DataPart covering = data().snapshot().containing(part);
    if (covering != null && !covering.name().equals(part)) {
      // It was merged meanwhile; its rows stay.
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: part {1} is not dropped, it is in {2}",
          core.name(),
          part,
          covering);
      return true;
    }
    queue.removeWithin(session, part, e);
    takeAway(session, part, false);
    queue.removeVirtual(part);
    return true;
  }

  private void takeAway(KeeperSession session, PartName range, boolean detach) {
    if (data().isPreparing(range)) {
      throw new LonghouseException(
          ErrorCode.PART_IS_TEMPORARILY_LOCKED,
          "Some part within " + range + " is being written right now");
    }
    List<PartName> gone =
        data().removeRange(range, detach ? p -> data().partitions().copyToDetached(p, "") : null);
    forget(session, gone);
  }

  /**
   * The files go first: a part that Keeper knows of and that is not here is fetched, or dropped
   * once more, but one that Keeper does not know of would be put aside at the next start.
   */
  private void forget(KeeperSession session, List<PartName> gone) {
    data().eraseUnwanted(gone);
    nodes.remove(session, gone);
  }

  /** A part that REPLACE_RANGE brings: from where. */
  private record Wanted(PartName name, @Nullable DataPart local, Fetches.@Nullable Source remote) {
    /** The part that is taken: itself or one that contains it. */
    PartName taken() {
      return remote == null ? name : remote.part();
    }
  }

  boolean replace(KeeperSession session, QueueEntry e, LogEntry.ReplaceRange r)
      throws InterruptedException {
    PartName range = PartName.parse(r.dropRange());
    boolean drops = range.minBlock() < range.maxBlock();
    if (drops) {
      queue.removeWithin(session, range, e);
    }
    if (data().isPreparing(range)) {
      throw new LonghouseException(
          ErrorCode.PART_IS_TEMPORARILY_LOCKED,
          "Some part within " + range + " is being written right now");
    }
    MergeTreeData source = source(r);
    SnapshotLease lease = source == null ? null : source.lease();
    try {
      Map<PartName, Wanted> wanted = new LinkedHashMap<>();
      for (int i = 0; i < r.newParts().size(); i++) {
        PartName name = PartName.parse(r.newParts().get(i));
        if (data().snapshot().containing(name) == null) {
          Wanted w = wanted(session, name, r, i, lease);
          wanted.put(w.taken(), w);
        }
      }
      bring(session, List.copyOf(wanted.values()), drops ? range : null);
      return true;
    } finally {
      if (lease != null) {
        lease.close();
      }
    }
  }

  private @Nullable MergeTreeData source(LogEntry.ReplaceRange r) {
    Table t = core.engine().catalog().find(r.fromDatabase(), r.fromTable());
    if (!(t instanceof MergeTreeTable m) || m.data() == data()) {
      return null;
    }
    try {
      data().partitions().requireSame(m.data());
      return m.data();
    } catch (LonghouseException x) {
      return null; // its parts are fetched instead
    }
  }

  private Wanted wanted(
      KeeperSession session,
      PartName name,
      LogEntry.ReplaceRange r,
      int i,
      @Nullable SnapshotLease lease) {
    DataPart local =
        lease == null ? null : lease.snapshot().find(PartName.parse(r.sources().get(i)));
    if (local != null && PartChecksums.of(local.checksums()).hex().equals(r.checksums().get(i))) {
      return new Wanted(name, local, null);
    }
    Fetches.Source remote = fetches.having(session, name);
    remote = remote == null ? fetches.covering(session, name) : remote;
    if (remote == null) {
      throw new LonghouseException(
          ErrorCode.NO_REPLICA_HAS_PART,
          "Not found part "
              + name
              + " (or part covering it) neither source table neither remote replicas");
    }
    return new Wanted(name, null, remote);
  }

  private void bring(KeeperSession session, List<Wanted> wanted, @Nullable PartName range) {
    long start = System.nanoTime();
    List<DataPart> prepared = new ArrayList<>();
    boolean done = false;
    try {
      List<Op> ops = new ArrayList<>();
      for (Wanted w : wanted) {
        DataPart part = data().prepare(folder(session, w), w.taken());
        prepared.add(part);
        if (session.exists(core.path().part(part.name())) == null) {
          nodes.addOps(part, ops);
        }
      }
      if (!ops.isEmpty()) {
        MultiResult result = session.multi(ops);
        result.orThrow();
      }
      done = true;
    } finally {
      if (!done) {
        prepared.forEach(data()::discard);
      }
    }
    List<PartName> gone = data().publish(prepared, range);
    forget(session, gone);
    long ms = (System.nanoTime() - start) / 1_000_000;
    prepared.forEach(p -> data().listener().on(MergeTreeListener.Event.added(p, ms, "")));
  }

  private String folder(KeeperSession session, Wanted w) {
    DataPart local = w.local;
    Fetches.Source remote = w.remote;
    if (local != null) {
      return data()
          .partitions()
          .linked(local, data().temporaryFolder("replace", w.name.toString()));
    }
    if (remote == null) {
      throw new IllegalStateException(w.name.toString());
    }
    return fetches
        .copy(
            session,
            core.path().table() + "/replicas/" + remote.replica(),
            remote.part(),
            false,
            null,
            () -> {
              if (!core.isActive(session)) {
                throw new LonghouseException(ErrorCode.ABORTED, "Fetching of a part was cancelled");
              }
            })
        .folder();
  }
}
