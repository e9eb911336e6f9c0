package io.longhouse.cluster.replication;

import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.HashSet;
import java.util.Set;

/** {@code SYSTEM SYNC REPLICA}. */
final class ReplicaSync {
  private static final long LOOK_EVERY_MS = 20;

  private final ReplicaCore core;
  private final ReplicationQueue queue;

  ReplicaSync(ReplicaCore core, ReplicationQueue queue) {
    this.core = core;
    this.queue = queue;
  }

  /**
   * @param from replicas whose entries are waited for; empty for all
   * @param pull takes what is in the log
   * @param check throws when the wait is to end
   */
  void run(SyncReplicaCommand.Mode mode, Set<String> from, Runnable pull, Runnable check) {
    pull.run();
    switch (mode) {
      case PULL -> {}
      case STRICT -> {
        while (!queue.isEmpty()) {
          pause(check);
        }
      }
      case DEFAULT, LIGHTWEIGHT -> {
        Set<String> nodes = new HashSet<>();
        for (QueueEntry e : queue.entries()) {
          boolean counts =
              mode == SyncReplicaCommand.Mode.DEFAULT
                  || bringsOrTakes(e.action())
                      && (from.isEmpty() || from.contains(e.entry().sourceReplica()));
          if (counts) {
            nodes.add(e.node());
          }
        }
        while (queue.entries().stream().anyMatch(e -> nodes.contains(e.node()))) {
          pause(check);
        }
      }
    }
  }

  private static boolean bringsOrTakes(LogEntry.Action action) {
    return switch (action) {
      case LogEntry.Get _,
          LogEntry.Attach _,
          LogEntry.DropRange _,
          LogEntry.ReplaceRange _,
          LogEntry.DropPart _ ->
          true;
      case LogEntry.Merge _,
          LogEntry.Mutate _,
          LogEntry.Alter _,
          LogEntry.ClearColumn _,
          LogEntry.ClearIndex _,
          LogEntry.SyncPinned _,
          LogEntry.CloneFromShard _ ->
          false;
    };
  }

  private void pause(Runnable check) {
    check.run();
    if (core.isClosed()) {
      throw new LonghouseException(
          ErrorCode.UNFINISHED, "Sync failed because replica has been shut down");
    }
    try {
      Thread.sleep(LOOK_EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }
}
