package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.TableMetadata;
import io.longhouse.engine.table.mergetree.PreparedSchema;
import io.longhouse.engine.table.mergetree.Replication;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.MutationCommand;
import io.longhouse.storage.mergetree.PartAuthority.Waiting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ALTER as servers before 20.3 know it: whoever alters writes the table's {@code /columns} and
 * {@code /metadata}; each replica sees it, alters itself and writes its own {@code columns} and
 * {@code metadata}; nothing goes through the log.
 */
final class OldAlters {
  private static final long LOOK_EVERY_MS = 100;

  private final ReplicaCore core;
  private final ReplicaPath path;
  private final AlterEntries alters;

  OldAlters(ReplicaCore core, AlterEntries alters) {
    this.core = core;
    this.path = core.path();
    this.alters = alters;
  }

  /**
   * Becomes what the table's nodes say.
   *
   * @param watch told when they change again
   */
  void follow(KeeperSession session, Runnable watch) {
    KeeperNode columns = session.get(path.of("columns"), watch);
    KeeperNode metadata = session.get(path.of("metadata"), watch);
    KeeperNode ownColumns = session.get(path.own("columns"));
    KeeperNode ownMetadata = session.get(path.own("metadata"));
    if (Arrays.equals(columns.data(), ownColumns.data())
        && Arrays.equals(metadata.data(), ownMetadata.data())) {
      return;
    }
    alters.take(
        columns.data(),
        TableMetadata.parse(metadata.data(), path.of("metadata")),
        metadata.version());
    session
        .multi(
            List.of(
                new Op.Set(path.own("columns"), columns.data(), ownColumns.version()),
                new Op.Set(path.own("metadata"), metadata.data(), ownMetadata.version())))
        .orThrow();
    alters.writeVersion(session, metadata.version());
  }

  /**
   * Alters the table for all replicas.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) for what old replicas do to the files of their
   *     parts, CANNOT_ASSIGN_ALTER (517) when another ALTER was faster
   */
  Replication.Change alter(
      KeeperSession session, PreparedSchema ready, List<MutationCommand> commands) {
    if (!commands.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "An ALTER that changes the data of columns is not implemented while a replica of a server"
              + " before 20.3 is registered ("
              + String.join(", ", core.oldReplicas().names())
              + "): run it on that server");
    }
    TableTexts texts = TableTexts.of(ready.definition(), core.data().mode(), core.settings());
    KeeperNode metadata = session.get(path.of("metadata"));
    KeeperNode columns = session.get(path.of("columns"));
    List<Op> ops = new ArrayList<>();
    byte[] changed = changedMetadata(texts, metadata);
    if (!Arrays.equals(changed, metadata.data())) {
      ops.add(new Op.Set(path.of("metadata"), changed, metadata.version()));
    }
    ops.add(new Op.Set(path.of("columns"), texts.columns(), columns.version()));
    if (!session.multi(ops).isDone()) {
      throw new LonghouseException(
          ErrorCode.CANNOT_ASSIGN_ALTER,
          "Another ALTER changed table " + core.name() + " at the same moment, try again");
    }
    return new Replication.Change() {
      @Override
      public long mutation() {
        return 0;
      }

      @Override
      public void await(Waiting waiting) {
        awaitAll(session, texts.columns(), waiting);
      }
    };
  }

  /** What old servers have not written they do not expect. */
  private byte[] changedMetadata(TableTexts texts, KeeperNode stored) {
    TableMetadata before = TableMetadata.parse(stored.data(), path.of("metadata"));
    TableMetadata after = texts.metadata();
    return new TableMetadata(
            before.dateColumn(),
            after.keys(),
            before.merging(),
            before.granularityRows(),
            before.granularityBytes(),
            after.definitions(),
            before.dataFormatVersion())
        .toBytes();
  }

  private void awaitAll(KeeperSession session, byte[] columns, Waiting waiting) {
    long untilNs = System.nanoTime() + core.inactiveReplicaTimeoutSec() * 1_000_000_000L;
    List<String> replicas =
        waiting.replicas() > 1
            ? session.children(path.of("replicas"))
            : waiting.replicas() == 1 ? List.of(path.replica()) : List.of();
    for (String r : replicas) {
      while (true) {
        waiting.check().run();
        KeeperNode own = session.tryGet(path.other(r, "columns"));
        if (own == null || Arrays.equals(own.data(), columns)) {
          break;
        }
        if (System.nanoTime() > untilNs) {
          throw new LonghouseException(
              ErrorCode.UNFINISHED,
              "Replica " + r + " has not changed its columns yet; it does so when it is active");
        }
        try {
          Thread.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
        }
      }
    }
  }
}
