package io.longhouse.cluster.replication;

import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a replica's queue and how it has fared here. Guarded by the monitor of its {@link
 * ReplicationQueue}.
 */
final class QueueEntry {
  private static final long REST_MS_FIRST = 100;

  private final LogEntry entry;
  private final String node;

  /** Seconds since 1970. */
  private final long createdSec;

  private volatile boolean executing;
  private volatile boolean removed;
  private volatile boolean fetched;
  private int tries;
  private int postponed;
  private long lastTryMs;
  private long lastPostponedMs;
  private long restUntilMs;
  private String postponeReason = "";
  private String failure = "";
  private @Nullable PartName actual;

  /**
   * @param node its name in the queue
   * @param createdSec when it was made, where the entry does not say
   */
  QueueEntry(LogEntry entry, String node, long createdSec) {
    this.entry = entry;
    this.node = node;
    this.createdSec = entry.createdSec() > 0 ? entry.createdSec() : createdSec;
  }

  LogEntry entry() {
    return entry;
  }

  LogEntry.Action action() {
    return entry.action();
  }

  String node() {
    return node;
  }

  long createdSec() {
    return createdSec;
  }

  /** Whether it brings rows that were inserted somewhere. */
  boolean isInsert() {
    return entry.action() instanceof LogEntry.Get || entry.action() instanceof LogEntry.Attach;
  }

  /**
   * Names of parts that are there or on their way once the entry is known; of what is dropped, a
   * name that contains it all.
   */
  List<PartName> virtualParts() {
    return switch (entry.action()) {
      case LogEntry.Get _,
          LogEntry.Attach _,
          LogEntry.Merge _,
          LogEntry.Mutate _,
          LogEntry.DropRange _ ->
          List.of(PartName.parse(entry.action().newPart()));
      case LogEntry.ReplaceRange r -> {
        List<PartName> all = new ArrayList<>(r.newParts().stream().map(PartName::parse).toList());
        PartName dropped = PartName.parse(r.dropRange());
        if (dropped.minBlock() < dropped.maxBlock()) {
          all.add(dropped);
        }
        yield all;
      }
      // What of a part is dropped that is in a merge already lives on in the result.
      case LogEntry.DropPart _,
          LogEntry.Alter _,
          LogEntry.ClearColumn _,
          LogEntry.ClearIndex _,
          LogEntry.SyncPinned _,
          LogEntry.CloneFromShard _ ->
          List.of();
    };
  }

  /** Names of parts that come of it. */
  List<PartName> newParts() {
    return switch (entry.action()) {
      case LogEntry.Get _, LogEntry.Attach _, LogEntry.Merge _, LogEntry.Mutate _ ->
          List.of(PartName.parse(entry.action().newPart()));
      case LogEntry.ReplaceRange r -> r.newParts().stream().map(PartName::parse).toList();
      default -> List.of();
    };
  }

  /** Names of parts that nothing else is to touch while it is executed. */
  List<PartName> blockedParts() {
    return switch (entry.action()) {
      case LogEntry.DropPart d -> List.of(PartName.parse(d.newPart()));
      case LogEntry.ClearColumn c -> List.of(PartName.parse(c.newPart()));
      case LogEntry.ClearIndex c -> List.of(PartName.parse(c.newPart()));
      default -> virtualParts();
    };
  }

  List<PartName> sources() {
    return switch (entry.action()) {
      case LogEntry.Merge m -> m.sources().stream().map(PartName::parse).toList();
      case LogEntry.Mutate m -> List.of(PartName.parse(m.source()));
      default -> List.of();
    };
  }

  /** The range of blocks that it takes away; null for none. */
  @Nullable PartName droppedRange() {
    return switch (entry.action()) {
      case LogEntry.DropRange d -> PartName.parse(d.newPart());
      case LogEntry.DropPart d -> PartName.parse(d.newPart());
      case LogEntry.ReplaceRange r -> PartName.parse(r.dropRange());
      default -> null;
    };
  }

  /** Whether it merges or mutates, by itself or by fetching what another replica has made. */
  boolean makesPart() {
    return entry.action() instanceof LogEntry.Merge || entry.action() instanceof LogEntry.Mutate;
  }

  boolean isExecuting() {
    return executing;
  }

  void begin() {
    executing = true;
    tries++;
    lastTryMs = System.currentTimeMillis();
  }

  void end() {
    executing = false;
    actual = null;
  }

  /** Whether another entry has taken it out of the queue. */
  boolean isRemoved() {
    return removed;
  }

  void removed() {
    removed = true;
  }

  /** Whether the part is fetched rather than made here. */
  boolean isFetched() {
    return fetched;
  }

  void fetchInstead() {
    fetched = true;
    restUntilMs = 0;
  }

  /** Has it made here again, since nobody has the part. */
  void makeHere() {
    fetched = false;
  }

  int tries() {
    return tries;
  }

  int postponed() {
    return postponed;
  }

  long lastTryMs() {
    return lastTryMs;
  }

  long lastPostponedMs() {
    return lastPostponedMs;
  }

  String postponeReason() {
    return postponeReason;
  }

  String failure() {
    return failure;
  }

  void postpone(String reason) {
    postponed++;
    lastPostponedMs = System.currentTimeMillis();
    postponeReason = reason;
  }

  /** It failed and is left alone for a while, twice as long as the time before. */
  void failed(String why, long restMsMax) {
    failure = why;
    long rest = REST_MS_FIRST << Math.min(16, Math.max(0, tries - 1));
    restUntilMs = System.currentTimeMillis() + Math.min(rest, Math.max(REST_MS_FIRST, restMsMax));
  }

  /** How many milliseconds it is still left alone. */
  long restMs(long nowMs) {
    return Math.max(0, restUntilMs - nowMs);
  }

  /** The larger part that is fetched in the place of its own; null for its own. */
  @Nullable PartName actual() {
    return actual;
  }

  void actual(PartName larger) {
    actual = larger;
  }

  @Override
  public String toString() {
    return node + " " + entry.action().type() + " " + entry.action().newPart();
  }
}
