package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.PartChecksums;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MergeTreeData;
import io.longhouse.storage.mergetree.PartAuthority.Waiting;
import io.longhouse.storage.mergetree.SnapshotLease;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What statements do with whole partitions and parts on all replicas. */
final class PartitionStatements {
  private static final int ATTEMPTS_MAX = 100;

  private final ReplicaCore core;
  private final ReplicaPath path;
  private final ReplicationQueue queue;
  private final ReplicaMutations mutations;
  private final BlockNumbers numbers;
  private final PartNodes nodes;
  private final Quorum quorum;
  private final Assigner assigner;
  private final InsertCommit inserts;
  private final LogWait waits;

  PartitionStatements(
      ReplicaCore core,
      ReplicationQueue queue,
      ReplicaMutations mutations,
      BlockNumbers numbers,
      PartNodes nodes,
      Quorum quorum,
      Assigner assigner,
      InsertCommit inserts) {
    this.core = core;
    this.path = core.path();
    this.queue = queue;
    this.mutations = mutations;
    this.numbers = numbers;
    this.nodes = nodes;
    this.quorum = quorum;
    this.assigner = assigner;
    this.inserts = inserts;
    this.waits = new LogWait(core);
  }

  /** Everything of a partition that has a block number by now; null if there is nothing. */
  private @Nullable PartName range(KeeperSession session, String partition) {
    try (BlockNumbers.Held n = numbers.take(session, partition, null)) {
      if (n == null || n.number() == 0) {
        return null;
      }
      long last = n.number() - 1;
      long mutation = mutations.current(partition, n.number());
      return new PartName(partition, 0, last, PartName.LEVEL_MAX, mutation);
    }
  }

  private LogEntry entry(LogEntry.Action action) {
    return LogEntry.of(System.currentTimeMillis() / 1000, path.replica(), action);
  }

  private Op log(LogEntry entry) {
    return new Op.Create(path.of("log/log-"), entry.toBytes(), CreateMode.PERSISTENT_SEQUENTIAL);
  }

  /** Merges that were being assigned fail by this. */
  private Op newLogVersion() {
    return Op.set(path.of("log"), "", Op.ANY);
  }

  void dropPartition(String partition, boolean detach, Waiting waiting) {
    LogWait.Logged logged = logDrop(partition, detach);
    if (logged != null) {
      waits.await(logged, waiting);
    }
    quorum.forget(core.session(), partition);
  }

  private LogWait.@Nullable Logged logDrop(String partition, boolean detach) {
    KeeperSession session = core.session();
    for (int attempt = 0; ; attempt++) {
      KeeperNode version = session.tryGet(path.of("alter_partition_version"));
      PartName range = range(session, partition);
      if (range == null) {
        return null;
      }
      forgetBlocks(session, range);
      assigner.alone(() -> queue.forbidMerges(range));
      LogEntry entry = entry(new LogEntry.DropRange(range.toString(), detach));
      List<Op> ops = new ArrayList<>(List.of(log(entry), newLogVersion()));
      if (version != null) {
        ops.add(Op.set(path.of("alter_partition_version"), "", version.version()));
      }
      MultiResult result = session.multi(ops);
      if (result.isDone()) {
        return new LogWait.Logged(KeeperPaths.name(result.created(0)), entry);
      }
      queue.removeVirtual(range);
      if (result.reason() != Reason.BAD_VERSION || attempt >= ATTEMPTS_MAX) {
        result.orThrow();
      }
    }
  }

  /** Rows of what is dropped may be inserted again. */
  private void forgetBlocks(KeeperSession session, PartName range) {
    for (Op op : forgetBlockOps(session, range)) {
      session.removeIfThere(op.path());
    }
  }

  private List<Op> forgetBlockOps(KeeperSession session, PartName range) {
    String prefix = range.partitionId() + "_";
    List<String> ids =
        session.children(path.of("blocks")).stream().filter(b -> b.startsWith(prefix)).toList();
    List<@Nullable KeeperNode> found = session.getAll(ids.stream().map(path::block).toList());
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      KeeperNode node = found.get(i);
      PartName part = node == null ? null : PartName.tryParse(node.text());
      boolean within =
          part == null
              || range.minBlock() <= part.minBlock() && part.maxBlock() <= range.maxBlock();
      if (node != null && within) {
        ops.add(Op.remove(path.block(ids.get(i))));
      }
    }
    return ops;
  }

  void truncate(Waiting waiting) {
    KeeperSession session = core.session();
    List<LogWait.Logged> all = new ArrayList<>();
    for (String partition : session.children(path.of("block_numbers"))) {
      LogWait.Logged logged = logDrop(partition, false);
      if (logged != null) {
        all.add(logged);
      }
    }
    all.forEach(l -> waits.await(l, waiting));
    session.children(path.of("block_numbers")).forEach(p -> quorum.forget(session, p));
  }

  void dropPart(PartName name, boolean detach, Waiting waiting) {
    KeeperSession session = core.session();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      MergeRules rules = assigner.rules(session);
      DataPart part = core.data().snapshot().find(name);
      if (part == null) {
        throw new LonghouseException(
            ErrorCode.NO_SUCH_DATA_PART,
            "Part " + name + " not found locally, won't try to drop it.");
      }
      if (!name.equals(queue.virtualContaining(name))) {
        throw new LonghouseException(
            ErrorCode.PART_IS_TEMPORARILY_LOCKED,
            "Part "
                + name
                + " is currently participating in a background operation (mutation/merge), try"
                + " again later");
      }
      if (quorum.holds(session, name)) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Part "
                + name
                + " is last inserted part with quorum in partition. Would not be able"
                + " to drop");
      }
      // Older servers know ranges only; newer ones take a range in the middle for an error.
      boolean asRange = detach || core.hasOldPeers();
      LogEntry entry =
          entry(
              asRange
                  ? new LogEntry.DropRange(
                      new PartName(
                              name.partitionId(),
                              name.minBlock(),
                              name.maxBlock(),
                              PartName.LEVEL_MAX,
                              name.mutation())
                          .toString(),
                      detach)
                  : new LogEntry.DropPart(name.toString()));
      List<Op> ops = new ArrayList<>();
      ops.add(Op.check(path.of("log"), rules.logVersion()));
      ops.add(log(entry));
      ops.add(newLogVersion());
      ops.addAll(forgetBlockOps(session, name));
      MultiResult result = session.multi(ops);
      if (result.isDone()) {
        waits.await(new LogWait.Logged(KeeperPaths.name(result.created(1)), entry), waiting);
        return;
      }
      if (result.reason() != Reason.BAD_VERSION && result.reason() != Reason.NO_NODE) {
        result.orThrow();
      }
    }
    throw new LonghouseException(
        ErrorCode.PART_IS_TEMPORARILY_LOCKED,
        "Part " + name + " was not dropped: the log was changed by others all the time");
  }

  /** Parts of another table on their way into this one. */
  private final class Copies implements AutoCloseable {
    private final List<PartName> sources = new ArrayList<>();
    private final List<BlockNumbers.Held> held = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> checksums = new ArrayList<>();
    private final List<DataPart> parts = new ArrayList<>();
    private boolean settled;

    /**
     * @param deduplicates whether parts that were attached before are left out
     */
    void add(KeeperSession session, DataPart source, boolean deduplicates) {
      String hex = PartChecksums.of(source.checksums()).hex();
      String partition = source.name().partitionId();
      String id = deduplicates ? partition + "_replace_from_" + hex : "";
      BlockNumbers.Held n = numbers.take(session, partition, deduplicates ? path.block(id) : null);
      if (n == null) {
        return;
      }
      held.add(n);
      String folder =
          core.data()
              .partitions()
              .linked(source, core.data().temporaryFolder("replace", source.name().toString()));
      PartName name = PartName.of(partition, n.number(), n.number(), source.name().level());
      parts.add(core.data().prepare(folder, name));
      sources.add(source.name());
      ids.add(id);
      checksums.add(hex);
    }

    LogEntry.ReplaceRange action(MergeTreeData from, PartName range) {
      String[] table = from.table().split("\\.", 2);
      return new LogEntry.ReplaceRange(
          range.toString(),
          table.length > 1 ? table[0] : "",
          table[table.length - 1],
          sources.stream().map(PartName::toString).toList(),
          parts.stream().map(p -> p.name().toString()).toList(),
          checksums,
          -1);
    }

    void addOps(List<Op> ops) {
      for (int i = 0; i < parts.size(); i++) {
        nodes.addOps(parts.get(i), ops);
        ops.add(held.get(i).unlock());
        if (!ids.get(i).isEmpty()) {
          ops.add(Op.create(path.block(ids.get(i)), parts.get(i).name().toString()));
        }
      }
    }

    /** Makes the changes and the parts visible; what the first of them created. */
    String commit(KeeperSession session, List<Op> ops, @Nullable PartName range, Waiting w) {
      MultiResult result;
      try {
        result = session.multi(ops);
      } catch (KeeperError e) {
        if (parts.isEmpty()) {
          throw e;
        }
        var doubt = new InsertCommit.Doubt(List.copyOf(parts), held.getFirst().node(), range);
        settled = true;
        switch (inserts.outcome(doubt, w.check())) {
          case THERE -> publish(session, range);
          case NOT_THERE -> settled = false;
          case UNKNOWN -> {
            // Found out later.
          }
        }
        throw InsertCommit.unknown(doubt, e);
      }
      result.orThrow();
      settled = true;
      publish(session, range);
      return result.created(0);
    }

    private void publish(KeeperSession session, @Nullable PartName range) {
      held.forEach(BlockNumbers.Held::unlocked);
      List<PartName> gone = core.data().publish(parts, range);
      core.data().eraseUnwanted(gone);
      nodes.remove(session, gone);
    }

    @Override
    public void close() {
      if (!settled) {
        parts.forEach(core.data()::discard);
      }
      held.forEach(BlockNumbers.Held::close);
    }
  }

  void attachFrom(MergeTreeData other, String partition, boolean replace, Waiting waiting) {
    core.data().partitions().requireSame(other);
    KeeperSession session = core.session();
    LogWait.Logged logged;
    try (SnapshotLease lease = other.lease();
        var copies = new Copies()) {
      PartName dropped = replace ? range(session, partition) : null;
      if (dropped != null && dropped.minBlock() < dropped.maxBlock()) {
        assigner.alone(() -> queue.forbidMerges(dropped));
        forgetBlocks(session, dropped);
      }
      for (DataPart p : lease.snapshot().ofPartition(partition)) {
        copies.add(session, p, !replace);
      }
      if (copies.parts.isEmpty() && dropped == null) {
        return;
      }
      LogEntry entry = entry(copies.action(other, markedRange(session, partition, dropped)));
      List<Op> ops = new ArrayList<>(List.of(log(entry), newLogVersion()));
      copies.addOps(ops);
      String node = copies.commit(session, ops, dropped, waiting);
      logged = new LogWait.Logged(KeeperPaths.name(node), entry);
    }
    waits.await(logged, waiting.replicas() > 1 ? waiting : new Waiting(0, waiting.check()));
  }

  /** A range of one block stands for nothing: one of two blocks is never short of anything. */
  private PartName markedRange(KeeperSession session, String partition, @Nullable PartName range) {
    if (range != null && range.minBlock() < range.maxBlock()) {
      return range;
    }
    if (range != null) {
      // The number behind the only block has been given up: no part has it.
      return new PartName(
          partition, range.minBlock(), range.maxBlock() + 1, range.level(), range.mutation());
    }
    try (BlockNumbers.Held n = numbers.take(session, partition, null)) {
      long at = n == null ? 0 : n.number();
      return new PartName(partition, at, at, PartName.LEVEL_MAX, 0);
    }
  }

  void moveTo(Replica target, String partition, Waiting waiting) {
    PartitionStatements other = target.partitionStatements();
    other.core.data().partitions().requireSame(core.data());
    KeeperSession session = core.session();
    LogWait.Logged dropped;
    try (SnapshotLease lease = core.data().lease();
        var copies = other.new Copies()) {
      PartName range = range(session, partition);
      if (range == null) {
        return;
      }
      assigner.alone(() -> queue.forbidMerges(range));
      for (DataPart p : lease.snapshot().ofPartition(partition)) {
        copies.add(session, p, false);
      }
      if (copies.parts.isEmpty()) {
        return;
      }
      forgetBlocks(session, range);
      LogEntry drop = entry(new LogEntry.DropRange(range.toString(), false));
      LogEntry bring =
          other.entry(copies.action(core.data(), other.markedRange(session, partition, null)));
      // Both tables are in one Keeper: the rows are in one of them at any time.
      List<Op> ops = new ArrayList<>();
      ops.add(log(drop));
      ops.add(newLogVersion());
      ops.add(other.log(bring));
      ops.add(other.newLogVersion());
      copies.addOps(ops);
      String node = copies.commit(session, ops, null, waiting);
      dropped = new LogWait.Logged(KeeperPaths.name(node), drop);
    }
    waits.await(dropped, waiting.replicas() > 0 ? waiting : Waiting.HERE);
    quorum.forget(session, partition);
  }
}
