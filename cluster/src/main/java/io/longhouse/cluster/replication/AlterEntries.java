package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.engine.table.mergetree.PreparedSchema;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MutationCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of columns. {@code /metadata} and {@code /columns} are what all replicas shall become;
 * the version of the first is the number of changes so far. Each replica makes them in the order of
 * the log, and says how far it is in nodes of the same names below its own.
 */
final class AlterEntries {
  private static final int ATTEMPTS_MAX = 100;

  private final ReplicaCore core;
  private final ReplicaPath path;
  private final ReplicaMutations mutations;

  AlterEntries(ReplicaCore core, ReplicaMutations mutations) {
    this.core = core;
    this.path = core.path();
    this.mutations = mutations;
  }

  /**
   * A change that all replicas know of.
   *
   * @param mutation version of the mutation that the data need, 0 for none
   */
  record Assigned(LogWait.Logged entry, long mutation) {}

  /**
   * Tells all replicas of a change.
   *
   * @throws LonghouseException CANNOT_ASSIGN_ALTER (517) when this replica lacks an earlier one
   */
  Assigned assign(KeeperSession session, PreparedSchema ready, List<MutationCommand> commands) {
    TableTexts texts = TableTexts.of(ready.definition(), core.data().mode(), core.settings());
    long before = core.data().metadata().version();
    LogEntry entry =
        LogEntry.of(
            System.currentTimeMillis() / 1000,
            path.replica(),
            new LogEntry.Alter(
                (int) before + 1,
                !commands.isEmpty(),
                ByteText.decode(texts.columns()),
                ByteText.decode(texts.metadata().toBytes())));
    for (int attempt = 0; ; attempt++) {
      try (ReplicaMutations.@Nullable Addition a =
          commands.isEmpty() ? null : mutations.prepare(session, commands, (int) before + 1)) {
        List<Op> ops = new ArrayList<>();
        ops.add(new Op.Set(path.of("metadata"), texts.metadata().toBytes(), (int) before));
        ops.add(new Op.Set(path.of("columns"), texts.columns(), Op.ANY));
        ops.add(
            new Op.Create(path.of("log/log-"), entry.toBytes(), CreateMode.PERSISTENT_SEQUENTIAL));
        if (a != null) {
          ops.addAll(a.ops());
        }
        MultiResult result = session.multi(ops);
        if (result.isDone()) {
          var logged = new LogWait.Logged(KeeperPaths.name(result.created(2)), entry);
          return new Assigned(
              logged,
              a == null ? 0 : ReplicaMutations.version(KeeperPaths.name(result.created(4))));
        }
        if (result.failed(0, Reason.BAD_VERSION)) {
          throw new LonghouseException(
              ErrorCode.CANNOT_ASSIGN_ALTER,
              "Metadata on replica is not up to date with common metadata in Zookeeper. It means"
                  + " that this replica still not applied some of previous alters. Probably too"
                  + " many alters executing concurrently (highly not recommended). You can retry"
                  + " this error");
        }
        if (result.reason() != Reason.BAD_VERSION || attempt >= ATTEMPTS_MAX) {
          result.orThrow();
        }
      }
    }
  }

  /** Makes a change here. */
  boolean execute(KeeperSession session, LogEntry.Alter a) {
    byte[] columns = ByteText.encode(a.columns());
    byte[] metadata = ByteText.encode(a.metadata());
    session
        .multi(
            List.of(
                new Op.Set(path.own("columns"), columns, Op.ANY),
                new Op.Set(path.own("metadata"), metadata, Op.ANY)))
        .orThrow();
    if (core.data().metadata().version() < a.alterVersion()) {
      take(columns, TableMetadata.parse(metadata, "metadata of " + path), a.alterVersion());
    }
    writeVersion(session, a.alterVersion());
    mutations.meanAgain();
    return true;
  }

  void writeVersion(KeeperSession session, long version) {
    if (!session.createIfMissing(path.own("metadata_version"), "" + version)) {
      session.set(path.own("metadata_version"), "" + version);
    }
  }

  /** The table becomes what Keeper says. */
  void take(byte[] columns, TableMetadata metadata, long version) {
    var agreed = TableTexts.definition(columns, metadata, path.own());
    core.internally(c -> core.table().commit(agreed, version, c));
    // The definition's own settings hold now.
    core.writeAsPeersRead(core.keeper());
  }
}
