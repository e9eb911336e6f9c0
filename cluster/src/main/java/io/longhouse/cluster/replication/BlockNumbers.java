package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of blocks, growing within a partition. A number is taken by making an ephemeral node
 * {@code block_numbers/PARTITION/block-NUMBER}; as long as that is there a part of that number may
 * still appear, so that nothing is merged across it. It goes in the same step in which the part
 * comes.
 *
 * <p>The node says {@code temp/abandonable_lock-insert}, a node that is always there, as servers
 * since 22.11 do: older ones take the number for free when what the node says is gone.
 */
final class BlockNumbers {
  private static final String PREFIX = "block-";
  private static final int ATTEMPTS_MAX = 1000;
  static final String HOLDER_INSERT = "abandonable_lock-insert";
  static final String HOLDER_OTHER = "abandonable_lock-other";

  /** Held for reading while a number is being taken, so that nobody takes its node for a stray. */
  private static final ReentrantReadWriteLock TAKING = new ReentrantReadWriteLock();

  private final ReplicaPath path;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Numbers that are held in this process; replicas of one table may share a session. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  /** Sessions in which a number may have been taken that nobody here knows of. */
  private final Set<KeeperSession> doubtful = ConcurrentHashMap.newKeySet();

  BlockNumbers(ReplicaPath path) {
    this.path = path;
  }

  /**
   * A number that is taken until {@link #release} or until a multi with {@link #unlock} is done.
   */
  final class Held implements AutoCloseable {
    private final KeeperSession session;
    private final String node;
    private boolean released;

    private Held(KeeperSession session, String node) {
      this.session = session;
      this.node = node;
      HELD.add(session.id() + node);
    }

    long number() {
      return Long.parseLong(node.substring(node.lastIndexOf('-') + 1));
    }

    KeeperSession session() {
      return session;
    }

    String node() {
      return node;
    }

    Op unlock() {
      return Op.remove(node);
    }

    /** The number is free already. */
    void unlocked() {
      released = true;
      HELD.remove(session.id() + node);
    }

    /** Gives the number up. One that is not given up ends with the session. */
    @Override
    public void close() {
      if (released) {
        return;
      }
      unlocked();
      try {
        session.removeIfThere(node);
      } catch (KeeperError e) {
        doubtful.add(session);
      }
    }
  }

  /**
   * Takes the next number of a partition.
   *
   * @param blockPath of rows that must not have been inserted before; null for any
   * @return null when they have been
   */
  @Nullable Held take(KeeperSession session, String partition, @Nullable String blockPath) {
    for (int attempt = 0; ; attempt++) {
      ensure(session, partition);
      List<Op> ops = new ArrayList<>();
      if (blockPath != null) {
        ops.add(Op.create(blockPath, ""));
        ops.add(Op.remove(blockPath));
      }
      ops.add(lockOp(partition, HOLDER_INSERT));
      List<Held> taken = new ArrayList<>();
      MultiResult result = multi(session, ops, taken);
      if (!taken.isEmpty()) {
        return taken.getFirst();
      }
      if (blockPath != null && result.failed(0, Reason.NODE_EXISTS)) {
        return null;
      }
      boolean forgotten = result.failed(ops.size() - 1, Reason.NO_NODE) && attempt < 3;
      if (!forgotten) {
        result.orThrow();
      }
      known.remove(partition);
    }
  }

  /** Makes changes and notes the numbers that were taken by them. */
  private MultiResult multi(KeeperSession session, List<Op> ops, List<Held> taken) {
    TAKING.readLock().lock();
    try {
      MultiResult result = session.multi(ops);
      for (int i = 0; result.isDone() && i < ops.size(); i++) {
        boolean isNumber =
            ops.get(i) instanceof Op.Create c && c.mode() == CreateMode.EPHEMERAL_SEQUENTIAL;
        if (isNumber) {
          taken.add(new Held(session, result.created(i)));
        }
      }
      return result;
    } catch (KeeperError e) {
      doubtful.add(session);
      throw e;
    } finally {
      TAKING.readLock().unlock();
    }
  }

  private Op lockOp(String partition, String holder) {
    return Op.create(
        path.partition(partition) + "/" + PREFIX,
        path.of("temp/" + holder),
        CreateMode.EPHEMERAL_SEQUENTIAL);
  }

  private void ensure(KeeperSession session, String partition) {
    if (known.contains(partition)) {
      return;
    }
    String node = path.partition(partition);
    if (session.exists(node) == null) {
      // The version of the parent tells those who take numbers of all partitions.
      MultiResult made =
          session.multi(List.of(Op.create(node, ""), Op.set(path.of("block_numbers"), "", Op.ANY)));
      if (!made.isDone() && !made.failed(0, Reason.NODE_EXISTS)) {
        made.orThrow();
      }
    }
    known.add(partition);
  }

  /**
   * Takes the next number of several partitions in one step.
   *
   * @param only null for all partitions that there are
   */
  Map<String, Held> takeAll(KeeperSession session, @Nullable Set<String> only) {
    if (only != null) {
      only.forEach(p -> ensure(session, p));
    }
    for (int attempt = 0; ; attempt++) {
      KeeperNode parent = session.get(path.of("block_numbers"));
      List<String> partitions = new ArrayList<>(session.children(path.of("block_numbers")));
      partitions.removeIf(p -> only != null && !only.contains(p));
      List<Op> ops = new ArrayList<>();
      partitions.forEach(p -> ops.add(lockOp(p, HOLDER_OTHER)));
      ops.add(Op.check(path.of("block_numbers"), parent.version()));
      List<Held> taken = new ArrayList<>();
      MultiResult result = multi(session, ops, taken);
      if (result.isDone()) {
        Map<String, Held> all = new TreeMap<>();
        for (int i = 0; i < partitions.size(); i++) {
          all.put(partitions.get(i), taken.get(i));
        }
        return all;
      }
      boolean another = result.reason() == Reason.BAD_VERSION || result.reason() == Reason.NO_NODE;
      if (!another || attempt >= ATTEMPTS_MAX) {
        result.orThrow();
      }
    }
  }

  /** By partition, the numbers under which something may still appear. */
  Map<String, NavigableSet<Long>> committing(KeeperCalls keeper) {
    List<String> holders =
        keeper.children(path.of("temp")).stream().map(n -> path.of("temp/" + n)).toList();
    Set<String> alive = Set.copyOf(holders);
    List<String> partitions = keeper.children(path.of("block_numbers"));
    Map<String, NavigableSet<Long>> committing = new TreeMap<>();
    for (String p : partitions) {
      List<String> nodes = keeper.tryChildren(path.partition(p), null);
      if (nodes == null) {
        continue;
      }
      List<String> paths =
          nodes.stream()
              .filter(n -> n.startsWith(PREFIX))
              .map(n -> path.partition(p) + "/" + n)
              .toList();
      List<@Nullable KeeperNode> found = keeper.getAll(paths);
      for (int i = 0; i < paths.size(); i++) {
        KeeperNode node = found.get(i);
        if (node != null && alive.contains(node.text())) {
          String name = KeeperPaths.name(paths.get(i));
          committing
              .computeIfAbsent(p, _ -> new TreeSet<>())
              .add(Long.parseLong(name.substring(PREFIX.length())));
        }
      }
    }
    return committing;
  }

  /** Gives up numbers that were taken by calls whose answer was lost. */
  void releaseDoubtful() {
    for (KeeperSession s : List.copyOf(doubtful)) {
      if (s.hasEnded()) {
        doubtful.remove(s);
      } else if (s.isConnected()) {
        doubtful.remove(s);
        try {
          releaseUnknown(s);
        } catch (KeeperError e) {
          doubtful.add(s);
          throw e;
        }
      }
    }
  }

  private void releaseUnknown(KeeperSession session) {
    String holders = path.of("temp/abandonable_lock-");
    TAKING.writeLock().lock();
    try {
      for (String p : session.children(path.of("block_numbers"))) {
        for (String n : session.children(path.partition(p))) {
          String node = path.partition(p) + "/" + n;
          boolean stray = !HELD.contains(session.id() + node);
          KeeperNode found = stray ? session.tryGet(node) : null;
          boolean ours =
              found != null
                  && found.stat().ephemeralOwner() == session.id()
                  && found.text().startsWith(holders);
          if (ours) {
            session.removeIfThere(node);
          }
        }
      }
    } finally {
      TAKING.writeLock().unlock();
    }
  }
}
