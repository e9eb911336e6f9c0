package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Removes from Keeper what nobody needs any more: entries of the log that all replicas have taken,
 * what stands for rows inserted long ago, mutations that are done everywhere. A replica that has
 * been away for so long that the log cannot wait for it is marked as lost: it will take over what
 * another one has.
 */
final class Cleanup {
  private static final System.Logger LOG = System.getLogger(Cleanup.class.getName());
  private static final int BATCH = 400;

  private final ReplicaCore core;
  private final ReplicaPath path;

  /** When what stands for rows was made, so that Keeper is asked once. */
  private final Map<String, Long> blockTimes = new HashMap<>();

  Cleanup(ReplicaCore core) {
    this.core = core;
    this.path = core.path();
  }

  /** Answers how long until the next time, in milliseconds. */
  long run(KeeperSession session) {
    cleanLog(session);
    cleanBlocks(session);
    cleanMutations(session);
    long everyMs = core.settings().number("cleanup_delay_period") * 1000;
    long more = core.settings().number("cleanup_delay_period_random_add") * 1000;
    return everyMs + ThreadLocalRandom.current().nextLong(more + 1);
  }

  /** What the log knows of a replica. */
  private record Follower(
      String name, boolean active, @Nullable String lost, long pointer, int hostVersion) {}

  private List<Follower> followers(KeeperSession session, List<String> replicas) {
    List<Follower> all = new ArrayList<>();
    for (String r : replicas) {
      KeeperNode host = session.tryGet(path.other(r, "host"));
      KeeperNode pointer = session.tryGet(path.other(r, "log_pointer"));
      if (host != null && pointer != null) {
        String at = pointer.text();
        all.add(
            new Follower(
                r,
                session.exists(path.other(r, "is_active")) != null,
                session.text(path.other(r, "is_lost")),
                at.isEmpty() ? 0 : Long.parseLong(at),
                host.version()));
      }
    }
    return all;
  }

  private void cleanLog(KeeperSession session) {
    double ratio = 1.05 + ThreadLocalRandom.current().nextDouble() / 10;
    long keepMin = core.settings().number("min_replicated_logs_to_keep");
    KeeperNode log = session.get(path.of("log"));
    if (log.stat().childCount() < keepMin * ratio) {
      return;
    }
    KeeperNode parent = session.get(path.of("replicas"));
    List<String> replicas = session.children(path.of("replicas"));
    List<Long> entries =
        session.children(path.of("log")).stream().map(LogPuller::number).sorted().toList();
    if (entries.isEmpty()) {
      return;
    }
    long keepMax = core.settings().number("max_replicated_logs_to_keep");
    long oldest = entries.get((int) Math.max(0, entries.size() - keepMax));
    long needed = Long.MAX_VALUE;
    long neededByStale = Long.MAX_VALUE;
    boolean recovering = false;
    List<Follower> stale = new ArrayList<>();
    Map<String, Integer> watched = new HashMap<>();
    int lost = 0;
    List<Follower> all = followers(session, replicas);
    for (Follower f : all) {
      boolean isLost = "1".equals(f.lost);
      lost += isLost ? 1 : 0;
      if (f.active && isLost) {
        recovering = true;
        needed = Math.min(needed, f.pointer);
      } else if (f.active || f.lost == null || !isLost && f.pointer >= oldest) {
        needed = Math.min(needed, f.pointer);
      } else {
        watched.put(f.name, f.hostVersion);
        if (!isLost) {
          stale.add(f);
          neededByStale = Math.min(neededByStale, f.pointer);
        }
      }
    }
    if (recovering) {
      // What recovers may have taken the place of a stale one in the log.
      for (Follower f : followers(session, replicas)) {
        needed = "1".equals(f.lost) && f.active ? Math.min(needed, f.pointer) : needed;
      }
      needed = Math.min(needed, neededByStale);
    }
    long before = needed;
    List<Long> gone =
        entries.subList(0, (int) Math.max(0, entries.size() - keepMin)).stream()
            .filter(n -> n < before)
            .toList();
    if (gone.isEmpty()) {
      return;
    }
    markLost(session, stale, all.size() - lost);
    remove(session, "log", gone.stream().map("log-%010d"::formatted).toList(), parent, watched);
  }

  private void markLost(KeeperSession session, List<Follower> stale, int others) {
    if (!stale.isEmpty() && stale.size() == others) {
      throw new LonghouseException(
          ErrorCode.ALL_REPLICAS_LOST, "All replicas are stale: we won't mark any replica as lost");
    }
    for (Follower f : stale) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: replica {1} is marked as lost, it has not followed the log since entry {2}",
          core.name(),
          f.name,
          Long.toString(f.pointer));
      session
          .multi(
              List.of(
                  Op.check(path.other(f.name, "host"), f.hostVersion),
                  Op.set(path.other(f.name, "is_lost"), "1", Op.ANY)))
          .orThrow();
    }
  }

  /**
   * Removes nodes as long as the set of replicas stays what it is.
   *
   * @param watched replicas that must not become active, by the versions of their hosts
   */
  private void remove(
      KeeperSession session,
      String folder,
      List<String> names,
      KeeperNode replicas,
      Map<String, Integer> watched) {
    for (int from = 0; from < names.size(); from += BATCH) {
      List<Op> ops = new ArrayList<>();
      for (String n : names.subList(from, Math.min(names.size(), from + BATCH))) {
        ops.add(Op.remove(path.of(folder + "/" + n)));
      }
      watched.forEach((r, v) -> ops.add(Op.check(path.other(r, "host"), v)));
      ops.add(Op.check(path.of("replicas"), replicas.version()));
      MultiResult result = session.multi(ops);
      if (result.reason() == Reason.NO_NODE || result.reason() == Reason.BAD_VERSION) {
        return; // another replica cleans as well, or they have changed
      }
      result.orThrow();
    }
  }

  private void cleanBlocks(KeeperSession session) {
    Set<String> blocks = new HashSet<>(session.children(path.of("blocks")));
    blockTimes.keySet().retainAll(blocks);
    List<String> unknown = blocks.stream().filter(b -> !blockTimes.containsKey(b)).toList();
    List<@Nullable KeeperNode> found = session.getAll(unknown.stream().map(path::block).toList());
    for (int i = 0; i < unknown.size(); i++) {
      KeeperNode node = found.get(i);
      if (node != null) {
        blockTimes.put(unknown.get(i), node.stat().ctimeMs());
      }
    }
    List<String> newestFirst =
        blockTimes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    if (newestFirst.isEmpty()) {
      return;
    }
    long now = blockTimes.getOrDefault(newestFirst.getFirst(), 0L);
    long since = now - core.settings().number("replicated_deduplication_window_seconds") * 1000;
    long keep = core.settings().number("replicated_deduplication_window");
    for (int i = 0; i < newestFirst.size(); i++) {
      String b = newestFirst.get(i);
      if (i >= keep || blockTimes.getOrDefault(b, 0L) < since) {
        session.removeIfThere(path.block(b));
        blockTimes.remove(b);
      }
    }
  }

  private void cleanMutations(KeeperSession session) {
    long keep = core.settings().number("finished_mutations_to_keep");
    List<String> nodes = session.children(path.of("mutations")).stream().sorted().toList();
    if (keep == 0 || nodes.size() <= keep) {
      return;
    }
    KeeperNode parent = session.get(path.of("replicas"));
    String done = null;
    for (String r : session.children(path.of("replicas"))) {
      String pointer = session.text(path.other(r, "mutation_pointer"));
      if (pointer == null || pointer.isEmpty()) {
        return; // has done none yet
      }
      done = done == null || pointer.compareTo(done) < 0 ? pointer : done;
    }
    String last = done;
    List<String> gone = nodes.stream().filter(n -> last != null && n.compareTo(last) <= 0).toList();
    if (gone.size() > keep) {
      remove(session, "mutations", gone.subList(0, (int) (gone.size() - keep)), parent, Map.of());
    }
  }
}
