package io.longhouse.cluster.replication.leader;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This replica's part in who leads a table, for as long as one session with Keeper lasts: a new
 * session needs a new election. See the package for the rules.
 *
 * <p>Invariant: with an old replica registered, at most one of all replicas believes that it leads,
 * but for the moment in which a session that has expired in Keeper has not heard of it.
 */
public final class LeaderElection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeaderElection.class.getName());
  private static final String PERSISTENT = "leader_election-0";
  private static final String PREFIX = "leader_election-";
  private static final String MANY = " (multiple leaders Ok)";
  private static final String ALL = "all" + MANY;
  private static final int TRIES_MAX = 100;
  private static final long RETRY_MS = 1000;

  private final KeeperSession session;
  private final String table;
  private final String path;
  private final String replica;
  private final boolean mayLead;
  private final Runnable changed;
  private final OldReplicas old;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable String own;
  private volatile boolean leading;
  private volatile boolean alone;
  private volatile boolean closed;

  /** Which watches have not been told yet: there is at most one of each. */
  private final AtomicBoolean watchesReplicas = new AtomicBoolean();

  private final AtomicBoolean watchesLeaders = new AtomicBoolean();

  /**
   * Takes part.
   *
   * @param table the table's path in Keeper
   * @param replica this replica's name
   * @param mayLead whether this replica may lead: {@code replicated_can_become_leader}
   * @param old looked at anew here, and again whenever replicas come or go
   * @param changed told, on another thread, when this replica begins or ceases to lead
   */
  public LeaderElection(
      KeeperSession session,
      String table,
      String replica,
      boolean mayLead,
      OldReplicas old,
      Runnable changed) {
    this.session = session;
    this.table = table;
    this.path = table + "/leader_election";
    this.replica = replica;
    this.mayLead = mayLead;
    this.old = old;
    this.changed = changed;
    look();
  }

  /** Whether this replica may assign merges and drop ranges. */
  public boolean isLeader() {
    return leading && !closed && !session.hasEnded();
  }

  /** Whether one replica leads alone, since there are old ones. */
  public boolean isSingle() {
    return alone;
  }

  /**
   * The replica that leads alone, to which statements go that a leader must carry out.
   *
   * @throws LonghouseException NO_ACTIVE_REPLICAS (254) when there is none now
   */
  public String leader() {
    List<String> nodes = sorted();
    KeeperNode first = nodes.isEmpty() ? null : session.tryGet(path + "/" + nodes.getFirst());
    if (first == null) {
      throw new LonghouseException(
          ErrorCode.NO_ACTIVE_REPLICAS, "No active replicas: nobody leads " + table);
    }
    return first.text();
  }

  private void look() {
    lock.lock();
    try {
      if (closed || session.hasEnded()) {
        return;
      }
      boolean before = isLeader();
      leading = mayLead && decide();
      if (before != leading) {
        LOG.log(
            Level.INFO,
            "{0}: replica {1} {2}",
            table,
            replica,
            leading ? (alone ? "leads alone" : "leads with others") : "does not lead");
        Thread.ofVirtual().name("leader changed").start(changed);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Told by watches: nobody is there who could be told of a failure, so it is tried again. */
  private void lookAgain() {
    while (!closed && !session.hasEnded()) {
      try {
        look();
        return;
      } catch (KeeperError e) {
        LOG.log(Level.WARNING, "{0}: cannot see who leads: {1}", table, e.message());
        leading = false;
        watchesReplicas.set(false);
        watchesLeaders.set(false);
        try {
          Thread.sleep(RETRY_MS);
        } catch (InterruptedException i) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private @Nullable Runnable watch(AtomicBoolean pending) {
    return pending.compareAndSet(false, true)
        ? () -> {
          pending.set(false);
          lookAgain();
        }
        : null;
  }

  private boolean decide() {
    boolean anyOld = !old.refresh(session, watch(watchesReplicas)).isEmpty();
    for (int i = 0; i < TRIES_MAX; i++) {
      List<String> nodes = sorted(watch(watchesLeaders));
      String first = nodes.isEmpty() ? "" : nodes.getFirst();
      if (first.equals(PERSISTENT)) {
        alone = false;
        return true;
      }
      KeeperNode leader = first.isEmpty() ? null : session.tryGet(path + "/" + first);
      if (!first.isEmpty() && leader == null) {
        continue;
      }
      boolean many = leader != null && leader.text().endsWith(MANY);
      if (anyOld || leader != null && !many) {
        alone = !many;
        String mine = join();
        return many || first.equals(mine) || first.isEmpty() && sorted().getFirst().equals(mine);
      }
      if (allLead(first, leader)) {
        alone = false;
        return true;
      }
    }
    throw new LonghouseException(ErrorCode.ABORTED, "Leaders of " + table + " change without end");
  }

  /** The name of this replica's own node, which is made where it is missing. */
  private String join() {
    String mine = own;
    if (mine == null) {
      mine = made();
    }
    if (mine == null) {
      String node = session.create(path + "/" + PREFIX, replica, CreateMode.EPHEMERAL_SEQUENTIAL);
      mine = node.substring(node.lastIndexOf('/') + 1);
      own = mine;
    }
    return mine;
  }

  /** A node that was made though the answer was lost. */
  private @Nullable String made() {
    for (String name : sorted()) {
      KeeperNode node = session.tryGet(path + "/" + name);
      if (node != null
          && node.stat().ephemeralOwner() == session.id()
          && node.text().equals(replica)) {
        own = name;
        return name;
      }
    }
    return null;
  }

  /**
   * Makes the node by which all lead, for good.
   *
   * @return false when somebody came in between
   */
  private boolean allLead(String first, @Nullable KeeperNode leader) {
    Op all = Op.create(path + "/" + PERSISTENT, ALL);
    MultiResult result =
        leader == null
            // Fails where somebody has joined meanwhile.
            ? session.multi(List.of(Op.remove(path, 0), Op.create(path, ""), all))
            : session.multi(List.of(Op.check(path + "/" + first, leader.version()), all));
    return result.isDone();
  }

  private List<String> sorted() {
    return sorted(null);
  }

  private List<String> sorted(@Nullable Runnable watch) {
    return session.children(path, watch).stream().sorted().toList();
  }

  /** Takes no part any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      leading = false;
      String mine = own;
      if (mine != null && !session.hasEnded()) {
        try {
          session.removeIfThere(path + "/" + mine);
        } catch (KeeperError e) {
          // It goes with the session.
          LOG.log(Level.DEBUG, "{0}: leaving the election: {1}", table, e.message());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
