package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.storage.mergetree.Merges;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * Which parts may be merged or mutated, as the replicas know it at one moment.
 *
 * <p>That no part will ever appear between two that are merged is known like this: first the parts
 * that there will be after the log so far are noted, then the block numbers that are held, then the
 * rest of the log is read. A part of the first set has only parts before it that are held or known
 * by now. The same holds for mutations.
 */
final class MergeRules implements Merges.Rule {
  private final ReplicaMutations mutations;
  private final ActiveParts before;
  private final ActiveParts now;
  private final Map<String, NavigableSet<Long>> committing;
  private final @Nullable PartName inQuorum;
  private final int logVersion;

  private MergeRules(
      ReplicaMutations mutations,
      ActiveParts before,
      ActiveParts now,
      Map<String, NavigableSet<Long>> committing,
      @Nullable PartName inQuorum,
      int logVersion) {
    this.mutations = mutations;
    this.before = before;
    this.now = now;
    this.committing = committing;
    this.inQuorum = inQuorum;
    this.logVersion = logVersion;
  }

  static MergeRules of(
      KeeperSession session,
      ReplicationQueue queue,
      ReplicaMutations mutations,
      LogPuller puller,
      BlockNumbers numbers,
      Quorum quorum) {
    ActiveParts before = queue.virtualParts();
    Map<String, NavigableSet<Long>> committing = numbers.committing(session);
    int version = puller.pull(session, null, null);
    return new MergeRules(
        mutations, before, queue.virtualParts(), committing, quorum.inProgress(session), version);
  }

  /** The version of the log that this holds for. */
  int logVersion() {
    return logVersion;
  }

  @Override
  public boolean allows(DataPart part) {
    PartName name = part.name();
    return !name.equals(inQuorum)
        && before.containing(name) != null
        && name.equals(now.containing(name));
  }

  @Override
  public boolean allows(DataPart left, DataPart right) {
    PartName l = left.name();
    PartName r = right.name();
    if (l.maxBlock() + 1 < r.minBlock()) {
      NavigableSet<Long> held = committing.get(l.partitionId());
      Long between = held == null ? null : held.higher(l.maxBlock());
      if (between != null && between < r.minBlock()) {
        return false;
      }
      if (!now.within(l.partitionId(), l.maxBlock() + 1, r.minBlock() - 1).isEmpty()) {
        return false;
      }
    }
    return mutations.current(l) == mutations.current(r);
  }

  /** Why a part cannot be merged now; null if it can. */
  @Nullable String reasonAgainst(DataPart part) {
    PartName name = part.name();
    PartName in = now.containing(name);
    return name.equals(inQuorum)
        ? "Quorum insert for part " + name + " is currently in progress"
        : before.containing(name) == null
            ? "Entry for part " + name + " hasn't been read from the replication log yet"
            : !name.equals(in)
                ? "Part " + name + " has already been assigned a merge into " + in
                : null;
  }
}
