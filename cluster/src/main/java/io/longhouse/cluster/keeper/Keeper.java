package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeper as the server's parts use it: always with a session, so far as there can be one. When a
 * session ends, a new one is begun, with growing pauses while that fails; who has nodes that live
 * with a session hears of each new one.
 *
 * <p>Calls made here go to the session of the moment. Who needs several calls to belong to one
 * session takes it with {@link #session()}.
 */
public final class Keeper implements KeeperCalls, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
  private static final long PAUSE_MIN_MS = 100;
  private static final long PAUSE_MAX_MS = 5000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Consumer<KeeperSession>> listeners = new CopyOnWriteArrayList<>();
  private final Thread opener;
  private volatile KeeperConfig config;

  /** All below: guarded by {@link #lock}. */
  private @Nullable KeeperSession current;

  private long withoutSinceNs = System.nanoTime();
  private String lastProblem = "";
  private boolean closed;

  private Keeper(KeeperConfig config) {
    this.config = config;
    this.opener = Thread.ofVirtual().name("keeper-sessions").unstarted(this::keepSession);
  }

  /** Begins to connect and returns at once. */
  public static Keeper open(KeeperConfig config) {
    var keeper = new Keeper(config);
    keeper.opener.start();
    return keeper;
  }

  public KeeperConfig config() {
    return config;
  }

  /** Other servers, timeouts or identity: the session ends and a new one is begun with them. */
  public void reload(KeeperConfig fresh) {
    if (fresh.equals(config)) {
      return;
    }
    config = fresh;
    KeeperSession s = sessionOrNull();
    if (s != null) {
      s.end("the configuration was changed");
    }
  }

  /**
   * The session of the moment; waits for one as long as Keeper has not been away for longer than an
   * operation may take.
   *
   * @throws KeeperError when there is none
   */
  public KeeperSession session() {
    lock.lock();
    try {
      long untilNs = withoutSinceNs + TimeUnit.MILLISECONDS.toNanos(config.operationTimeoutMs());
      while (true) {
        KeeperSession s = current;
        if (s != null && !s.hasEnded()) {
          return s;
        }
        long leftNs = untilNs - System.nanoTime();
        if (closed || leftNs <= 0) {
          throw away();
        }
        changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away();
    } finally {
      lock.unlock();
    }
  }

  private KeeperError away() {
    long forMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - withoutSinceNs);
    return new KeeperError(
        Reason.CONNECTION_LOSS,
        closed
            ? "Keeper is closed: the server is shutting down"
            : "All connection tries failed while connecting to ZooKeeper. nodes: "
                + config.addresses()
                + ", for "
                + forMs
                + " ms"
                + (lastProblem.isEmpty() ? "" : ": " + lastProblem));
  }

  /** The session of the moment without waiting; null while there is none. */
  public @Nullable KeeperSession sessionOrNull() {
    lock.lock();
    try {
      KeeperSession s = current;
      return s == null || s.hasEnded() ? null : s;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells of each session from now on, on a thread of its own, and of the present one if there is
   * one. What is told may itself ask Keeper.
   */
  public void onNewSession(Consumer<KeeperSession> listener) {
    listeners.add(listener);
    KeeperSession s = sessionOrNull();
    if (s != null) {
      tell(listener, s);
    }
  }

  public void removeListener(Consumer<KeeperSession> listener) {
    listeners.remove(listener);
  }

  private static void tell(Consumer<KeeperSession> listener, KeeperSession session) {
    Thread.ofVirtual().name("keeper-new-session").start(() -> listener.accept(session));
  }

  private void keepSession() {
    long pauseMs = PAUSE_MIN_MS;
    try {
      while (!isClosed()) {
        KeeperSession s = null;
        try {
          s = KeeperSession.open(config);
          if (publish(s)) {
            pauseMs = PAUSE_MIN_MS;
            s.awaitEnd();
            LOG.log(Level.WARNING, "session with Keeper ended: " + s.endReason());
          }
        } catch (LonghouseException e) {
          note(e.message());
          Thread.sleep(pauseMs);
          pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2);
        } finally {
          if (s != null) {
            withdraw(s);
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "no more sessions with Keeper");
    }
  }

  private void note(String problem) {
    LOG.log(Level.WARNING, "no session with Keeper: " + problem);
    lock.lock();
    try {
      lastProblem = problem;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean publish(KeeperSession s) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      current = s;
      lastProblem = "";
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(l -> tell(l, s));
    return true;
  }

  private void withdraw(KeeperSession s) {
    s.end("closed");
    lock.lock();
    try {
      if (current == s) {
        current = null;
        withoutSinceNs = System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String create(String path, byte[] data, CreateMode mode) {
    return session().create(path, data, mode);
  }

  @Override
  public @Nullable KeeperNode tryGet(String path, @Nullable Runnable watch) {
    return session().tryGet(path, watch);
  }

  @Override
  public @Nullable KeeperStat exists(String path, @Nullable Runnable watch) {
    return session().exists(path, watch);
  }

  @Override
  public @Nullable List<String> tryChildren(String path, @Nullable Runnable watch) {
    return session().tryChildren(path, watch);
  }

  @Override
  public int set(String path, byte[] data, int version) {
    return session().set(path, data, version);
  }

  @Override
  public void remove(String path, int version) {
    session().remove(path, version);
  }

  @Override
  public MultiResult multi(List<? extends Op> ops) {
    return session().multi(ops);
  }

  @Override
  public List<@Nullable KeeperNode> getAll(List<String> paths) {
    return session().getAll(paths);
  }

  @Override
  public void sync(String path) {
    session().sync(path);
  }

  /** Ends the session, so that its nodes go at once, and waits for that for a short while. */
  @Override
  public void close() {
    KeeperSession last;
    lock.lock();
    try {
      closed = true;
      last = current;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    opener.interrupt();
    if (last != null) {
      last.closeNow();
    }
  }
}
