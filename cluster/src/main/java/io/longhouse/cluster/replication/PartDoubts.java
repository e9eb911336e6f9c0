package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.LogEntry;
import io.longhouse.cluster.replication.node.PartHeader;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.PartCheck;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parts of which somebody thinks that something is wrong with them: they were not readable, or are
 * nowhere to be had. Each is looked at once. A broken one is kept in {@code detached/} and fetched
 * from another replica; one that no replica has any more, and that no merge can bring back, is
 * given up and replaced by an empty one, so that the queue goes on.
 *
 * <p>Whoever is in doubt here does nothing: a part that was given up wrongly is lost rows.
 */
final class PartDoubts {
  private static final System.Logger LOG = System.getLogger(PartDoubts.class.getName());
  private static final long REST_MS = 5000;
  private static final long IDLE_MS = 500;
  private static final int PARTS_MAX = 10_000;

  /** A part that is not in Keeper may be about to come there. */
  private static final long YOUNG_MS = 300_000;

  private final ReplicaCore core;
  private final ReplicationQueue queue;
  private final PartNodes nodes;
  private final Fetches fetches;
  private final Runnable found;

  /** When each part is to be looked at, in milliseconds since 1970. */
  private final Map<PartName, Long> waiting = new LinkedHashMap<>();

  /**
   * @param found told when there is something new in the queue
   */
  PartDoubts(
      ReplicaCore core, ReplicationQueue queue, PartNodes nodes, Fetches fetches, Runnable found) {
    this.core = core;
    this.queue = queue;
    this.nodes = nodes;
    this.fetches = fetches;
    this.found = found;
  }

  /** Has a part looked at. */
  void add(PartName part, long delayMs) {
    synchronized (waiting) {
      if (waiting.size() < PARTS_MAX) {
        waiting.putIfAbsent(part, System.currentTimeMillis() + delayMs);
      }
    }
  }

  /** How many are waiting: {@code parts_to_check} of {@code system.replicas}. */
  int size() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** Looks at one part; answers for how many milliseconds there is nothing to do. */
  long step() {
    for (DataPart p : core.data().snapshot().parts()) {
      if (p.takeSuspicion()) {
        add(p.name(), 0);
      }
    }
    KeeperSession session = core.sessionOrNull();
    PartName part = session == null ? null : due();
    if (session == null || part == null) {
      return session == null ? REST_MS : IDLE_MS;
    }
    try {
      look(session, part);
    } catch (KeeperError | UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0}: cannot check part {1}: {2}", core.name(), part, e);
      add(part, REST_MS);
    }
    return 0;
  }

  private @Nullable PartName due() {
    long now = System.currentTimeMillis();
    synchronized (waiting) {
      for (Map.Entry<PartName, Long> e : waiting.entrySet()) {
        if (e.getValue() <= now) {
          waiting.remove(e.getKey());
          return e.getKey();
        }
      }
      return null;
    }
  }

  private void look(KeeperSession session, PartName name) {
    if (core.data().prepared(name) != null) {
      add(name, REST_MS);
      return;
    }
    DataPart part = core.data().snapshot().containing(name);
    if (part == null) {
      missing(session, name);
    } else if (part.name().equals(name)) {
      check(session, part);
    }
    // A part that contains it makes its problems nobody's.
  }

  // --- a part that is there

  private void check(KeeperSession session, DataPart part) {
    PartHeader said = nodes.read(session, core.path().replica(), part.name());
    if (said == null) {
      unknown(part);
      return;
    }
    String problem = problem(part, said);
    if (problem.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "{0}: part {1} is sound", core.name(), part);
      return;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: part {1} is broken, it is kept as broken_{1} and will be fetched: {2}",
        core.name(),
        part,
        problem);
    core.engine().metrics().event("ReplicatedPartChecksFailed").increment();
    // First in Keeper: should this end in between, the part is put aside at the next start.
    fetchAgain(session, part.name());
    core.data().partitions().putAside(part, "broken");
    queue.load(session);
    found.run();
  }

  private static String problem(DataPart part, PartHeader said) {
    try {
      said.checkSame(PartNodes.header(part), part.toString(), "this one");
    } catch (LonghouseException e) {
      return e.message();
    }
    return PartCheck.problem(part);
  }

  private void unknown(DataPart part) {
    long ageMs =
        System.currentTimeMillis() - part.disk().modifiedMs(part.folder() + "/checksums.txt");
    if (ageMs < YOUNG_MS) {
      add(part.name(), YOUNG_MS - ageMs);
      return;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: part {1} is on disk and not in Keeper, it is kept as unexpected_{1}",
        core.name(),
        part);
    core.data().partitions().putAside(part, "unexpected");
    queue.removeVirtual(part.name());
  }

  // --- a part that is not there

  private void missing(KeeperSession session, PartName name) {
    if (session.exists(core.path().part(name)) != null) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}: part {1} is in Keeper and not on disk, it will be fetched",
          core.name(),
          name);
      fetchAgain(session, name);
      queue.load(session);
      found.run();
      return;
    }
    if (isElsewhere(session, name) || mayComeByMerge(session, name)) {
      return;
    }
    lost(session, name);
  }

  /** Whether any replica, alive or not, has the part or one that contains it. */
  private boolean isElsewhere(KeeperSession session, PartName name) {
    return fetches.isAnywhere(session, name);
  }

  /** Whether its first and its last block are somewhere: others will merge them. */
  private boolean mayComeByMerge(KeeperSession session, PartName name) {
    boolean first = false;
    boolean last = false;
    for (String r : session.children(core.path().of("replicas"))) {
      for (PartName p : nodes.names(session, r)) {
        if (name.contains(p) && !name.equals(p)) {
          first |= p.minBlock() == name.minBlock();
          last |= p.maxBlock() == name.maxBlock();
        }
      }
    }
    return first && last;
  }

  /** Nobody will ever have the part. */
  private void lost(KeeperSession session, PartName name) {
    QueueEntry entry = entryOf(name);
    if (entry == null) {
      // It was dropped meanwhile, or is not wanted by anybody.
      return;
    }
    boolean sourcesFirst = false;
    for (PartName s : entry.sources()) {
      if (core.data().snapshot().containing(s) == null) {
        add(s, 0);
        sourcesFirst = true;
      }
    }
    if (sourcesFirst) {
      // With empty parts in their place the merge can be made here.
      return;
    }
    if (!entry.sources().isEmpty()) {
      return;
    }
    DataPart empty = emptyPart(name);
    if (empty == null) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}: part {1} is lost and cannot be replaced: nothing tells the values of its partition."
              + " Drop the partition, or insert rows into it",
          core.name(),
          name);
      add(name, REST_MS);
      return;
    }
    nodes.add(session, empty, true);
    core.data().publish(List.of(empty));
    count(session);
    LOG.log(
        System.Logger.Level.ERROR,
        "{0}: part {1} is lost forever: no replica has it. An empty part takes its place",
        core.name(),
        name);
    core.engine().metrics().event("ReplicatedDataLoss").increment();
    found.run();
  }

  private @Nullable DataPart emptyPart(PartName name) {
    String folder = core.data().writeEmpty(name);
    return folder == null ? null : core.data().prepare(folder, name);
  }

  private @Nullable QueueEntry entryOf(PartName name) {
    for (QueueEntry e : queue.entries()) {
      if (e.newParts().contains(name)) {
        return e;
      }
    }
    return null;
  }

  private void count(KeeperSession session) {
    String node = core.path().of("lost_part_count");
    for (int i = 0; i < 10; i++) {
      KeeperNode before = session.tryGet(node);
      if (before == null) {
        session.createIfMissing(node, "0");
        continue;
      }
      long n = before.text().isEmpty() ? 0 : Long.parseLong(before.text().strip());
      if (session.multi(List.of(Op.set(node, "" + (n + 1), before.version()))).isDone()) {
        return;
      }
    }
  }

  /** A part that the replica should have and does not. */
  private void fetchAgain(KeeperSession session, PartName part) {
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
