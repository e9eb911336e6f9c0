package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.replication.node.LogEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands, for {@code system.replicas}. What Keeper has to be asked for is asked once,
 * when somebody wants to know.
 */
final class ReplicaStatus {
  private final Replica replica;
  private final List<QueueEntry> queue;
  private @Nullable Asked asked;

  ReplicaStatus(Replica replica) {
    this.replica = replica;
    this.queue = replica.queue().entries();
  }

  /** What Keeper says. */
  private record Asked(
      long logMaxIndex,
      long logPointer,
      Map<String, Boolean> active,
      long lostParts,
      String failure) {}

  private Asked asked() {
    Asked known = asked;
    if (known == null) {
      known = ask();
      asked = known;
    }
    return known;
  }

  private Asked ask() {
    KeeperSession session = replica.core().sessionOrNull();
    if (session == null) {
      return new Asked(0, 0, Map.of(), 0, "");
    }
    ReplicaPath path = replica.path();
    try {
      long last =
          session.children(path.of("log")).stream().mapToLong(LogPuller::number).max().orElse(0);
      String pointer = session.get(path.own("log_pointer")).text();
      Map<String, Boolean> active = new TreeMap<>();
      for (String r : session.children(path.of("replicas"))) {
        active.put(r, session.exists(path.other(r, "is_active")) != null);
      }
      String lost = session.text(path.of("lost_part_count"));
      return new Asked(
          last,
          pointer.isEmpty() ? 0 : Long.parseLong(pointer),
          active,
          lost == null || lost.isEmpty() ? 0 : Long.parseLong(lost),
          "");
    } catch (KeeperError e) {
      return new Asked(0, 0, Map.of(), 0, e.message());
    }
  }

  Replica replica() {
    return replica;
  }

  long logMaxIndex() {
    return asked().logMaxIndex;
  }

  long logPointer() {
    return asked().logPointer;
  }

  Map<String, Boolean> active() {
    return asked().active;
  }

  long lostParts() {
    return asked().lostParts;
  }

  String keeperFailure() {
    return asked().failure;
  }

  long count(Predicate<QueueEntry> kind) {
    return queue.stream().filter(kind).count();
  }

  static boolean isMerge(QueueEntry e) {
    return e.action() instanceof LogEntry.Merge;
  }

  static boolean isMutation(QueueEntry e) {
    return e.action() instanceof LogEntry.Mutate;
  }

  /** When the oldest entry was made, in seconds since 1970; 0 for none. */
  long oldestSec(Predicate<QueueEntry> kind) {
    QueueEntry e = oldest(kind);
    return e == null ? 0 : e.createdSec();
  }

  /** The part that the oldest entry brings; empty for none. */
  String oldestPart(Predicate<QueueEntry> kind) {
    QueueEntry e = oldest(kind);
    return e == null ? "" : e.action().newPart();
  }

  private @Nullable QueueEntry oldest(Predicate<QueueEntry> kind) {
    return queue.stream()
        .filter(kind)
        .min(Comparator.comparingLong(QueueEntry::createdSec))
        .orElse(null);
  }

  /** By how many seconds the replica is behind the best of the others. */
  long relativeDelaySec() {
    long own = replica.delaySec();
    KeeperSession session = replica.core().sessionOrNull();
    if (session == null
        || own < replica.core().settings().number("min_relative_delay_to_measure")) {
      return 0;
    }
    ReplicaPath path = replica.path();
    long now = System.currentTimeMillis() / 1000;
    long newest = 0;
    try {
      for (String r : session.children(path.of("replicas"))) {
        String time = session.text(path.other(r, "min_unprocessed_insert_time"));
        boolean counts =
            !r.equals(path.replica())
                && time != null
                && session.exists(path.other(r, "is_active")) != null;
        if (counts) {
          long unprocessed = time == null || time.isEmpty() ? 0 : Long.parseLong(time);
          newest = Math.max(newest, unprocessed == 0 ? now : Math.min(now, unprocessed));
        }
      }
    } catch (KeeperError e) {
      return 0; // nobody can be compared with
    }
    return newest == 0 ? 0 : Math.max(0, own - (now - newest));
  }
}
