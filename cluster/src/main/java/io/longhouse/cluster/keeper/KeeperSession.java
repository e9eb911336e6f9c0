package io.longhouse.cluster.keeper;

import static java.util.Objects.requireNonNull;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One session with Keeper. It outlives a lost connection that is regained in time; when it has
 * ended, all calls fail with SESSION_EXPIRED and its ephemeral nodes are gone.
 *
 * <p>Reads that lose their connection are asked again until their deadline; writes are not, since
 * nobody can tell whether they were made.
 */
public final class KeeperSession implements KeeperCalls {
  private static final long ASK_AGAIN_MS = 50;
  private static final long CLOSE_WAIT_MS = 2000;

  private final KeeperConfig config;
  private final ZooKeeperClient client;
  private final List<ACL> access;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final CountDownLatch connectedOnce = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable String> endReason = new AtomicReference<>();
  private final List<Runnable> atEnd = new ArrayList<>();
  private final long openedMs = System.currentTimeMillis();
  private volatile long lostSinceNs = System.nanoTime();
  private volatile boolean connected;
  private final LongAdder calls = new LongAdder();

  private KeeperSession(KeeperConfig config) {
    this.config = config;
    this.access = config.identity().isEmpty() ? Ids.OPEN_ACL_UNSAFE : Ids.CREATOR_ALL_ACL;
    this.client = ZooKeeperClient.connect(config, this::heard);
  }

  /**
   * Connects to one of the servers.
   *
   * @throws KeeperError when none has answered in as long as an operation may take
   */
  static KeeperSession open(KeeperConfig config) throws InterruptedException {
    var session = new KeeperSession(config);
    boolean usable = false;
    try {
      if (!session.connectedOnce.await(config.operationTimeoutMs(), TimeUnit.MILLISECONDS)) {
        throw new KeeperError(
            Reason.CONNECTION_LOSS,
            "none of the servers "
                + config.addresses()
                + " answered within "
                + config.operationTimeoutMs()
                + " ms");
      }
      if (session.hasEnded()) {
        throw new KeeperError(Reason.SESSION_EXPIRED, session.endReason());
      }
      if (!config.root().isEmpty()) {
        session.makeRoot();
      }
      usable = true;
      return session;
    } finally {
      if (!usable) {
        session.end("not opened");
      }
    }
  }

  /** Paths given to calls lie below the root; this makes the root itself. */
  private void makeRoot() {
    String root = config.root();
    for (int slash = root.indexOf('/', 1); ; slash = root.indexOf('/', slash + 1)) {
      String at = slash < 0 ? root : root.substring(0, slash);
      if (statOf(at) == null) {
        try {
          createAt(at, new byte[0], CreateMode.PERSISTENT);
        } catch (KeeperError e) {
          if (e.reason() != Reason.NODE_EXISTS) {
            throw e;
          }
        }
      }
      if (slash < 0) {
        return;
      }
    }
  }

  private void heard(WatchedEvent event) {
    switch (event.getState()) {
      case SyncConnected, ConnectedReadOnly -> {
        connected = true;
        connectedOnce.countDown();
      }
      case Disconnected -> {
        if (connected) {
          connected = false;
          lostSinceNs = System.nanoTime();
        }
      }
      case Expired -> end("expired");
      case AuthFailed -> end("authentication failed");
      case Closed -> end("closed");
      default -> {}
    }
  }

  /** Waits until the session has ended, or must have because nobody was reached for too long. */
  void awaitEnd() throws InterruptedException {
    long everyMs = Math.max(10, Math.min(500, config.sessionTimeoutMs() / 10));
    while (!ended.await(everyMs, TimeUnit.MILLISECONDS)) {
      long lostMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostSinceNs);
      int timeoutMs = client.sessionTimeoutMs();
      if (!connected && lostMs > timeoutMs) {
        end("no server was reached for " + lostMs + " ms, the session lasts " + timeoutMs + " ms");
      }
    }
  }

  public boolean hasEnded() {
    return endReason.get() != null;
  }

  /** Whether a server is reached at the moment. */
  public boolean isConnected() {
    return connected && !hasEnded();
  }

  String endReason() {
    String why = endReason.get();
    return why == null ? "" : why;
  }

  /** The session's number, as nodes say whom they live with. */
  public long id() {
    return client.getSessionId();
  }

  /** When it was begun, in milliseconds since 1970. */
  public long openedMs() {
    return openedMs;
  }

  /** How many calls were made in it. */
  public long calls() {
    return calls.sum();
  }

  /** How long it survives without a connection. */
  public int timeoutMs() {
    return client.sessionTimeoutMs();
  }

  /** The server it is connected to; null while there is none. */
  public @Nullable InetSocketAddress server() {
    return client.server();
  }

  /** Tells of the session's end, once, on a thread of its own; at once if it has ended. */
  public void onEnd(Runnable listener) {
    synchronized (atEnd) {
      if (!hasEnded()) {
        atEnd.add(listener);
        return;
      }
    }
    Thread.ofVirtual().name("keeper-session-end").start(listener);
  }

  /** Ends it from this side; the servers hear of it if they can be reached. */
  void end(String why) {
    if (!endReason.compareAndSet(null, why)) {
      return;
    }
    connected = false;
    List<Runnable> told;
    synchronized (atEnd) {
      told = List.copyOf(atEnd);
      atEnd.clear();
    }
    connectedOnce.countDown();
    ended.countDown();
    Thread.ofVirtual().name("keeper-close").start(client::closeQuietly);
    told.forEach(l -> Thread.ofVirtual().name("keeper-session-end").start(l));
    List.copyOf(watches).forEach(Watch::fire);
  }

  /** Ends it and waits a short while for the servers to know. */
  void closeNow() {
    Thread closing = Thread.ofVirtual().name("keeper-close").start(client::closeQuietly);
    try {
      closing.join(CLOSE_WAIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end("closed");
  }

  /** Ends the session as if the servers had, for tests of what depends on it. */
  public void expire() {
    closeNow();
  }

  /** Told once: by the node's change or by the session's end. */
  private final class Watch implements Watcher {
    private final Runnable told;
    private final AtomicBoolean fired = new AtomicBoolean();

    Watch(Runnable told) {
      this.told = told;
      watches.add(this);
      if (hasEnded()) {
        fire();
      }
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() != Event.EventType.None) {
        fire();
      }
    }

    void fire() {
      forget();
      if (fired.compareAndSet(false, true)) {
        Thread.ofVirtual().name("keeper-watch").start(told);
      }
    }

    void forget() {
      watches.remove(this);
    }
  }

  private @Nullable Watch watch(@Nullable Runnable told) {
    return told == null ? null : new Watch(told);
  }

  private String real(String path) {
    String root = config.root();
    return root.isEmpty() ? path : path.equals("/") ? root : root + path;
  }

  private String seen(String real) {
    String root = config.root();
    return real.startsWith(root) ? real.substring(root.length()) : real;
  }

  /** An answer on its way. */
  private static final class Pending<T> extends CompletableFuture<@Nullable T> {
    private final String path;

    Pending(String path) {
      this.path = path;
    }

    /** Takes the answer over. */
    void answered(int rc, @Nullable T value) {
      Reason reason = reason(rc);
      if (reason == null) {
        complete(value);
      } else {
        completeExceptionally(KeeperError.of(reason, path));
      }
    }
  }

  private long deadlineNs() {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.operationTimeoutMs());
  }

  private <T> Pending<T> begin(String path, Consumer<Pending<T>> call) {
    if (hasEnded()) {
      throw new KeeperError(
          Reason.SESSION_EXPIRED, "Session expired (" + endReason() + "), path " + path);
    }
    calls.increment();
    var pending = new Pending<T>(path);
    try {
      call.accept(pending);
    } catch (IllegalArgumentException e) {
      throw new KeeperError(Reason.BAD_ARGUMENTS, "Bad arguments: " + e.getMessage());
    }
    return pending;
  }

  private <T> @Nullable T await(Pending<T> pending, long deadlineNs) {
    try {
      return pending.get(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeeperError k) {
        KeeperError.Reason reason =
            hasEnded() && k.reason() == Reason.CONNECTION_LOSS
                ? Reason.SESSION_EXPIRED
                : k.reason();
        throw reason.isConnection()
            ? new KeeperError(reason, reason.text() + where(pending.path))
            : KeeperError.of(reason, pending.path);
      }
      throw new IllegalStateException("an answer of Keeper's could not be taken", e.getCause());
    } catch (TimeoutException e) {
      throw new KeeperError(
          Reason.TIMEOUT,
          "Operation timeout (no response in "
              + config.operationTimeoutMs()
              + " ms)"
              + where(pending.path));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeeperError(Reason.TIMEOUT, "interrupted while waiting" + where(pending.path));
    }
  }

  private String where(String path) {
    return ", path " + path + ", nodes: " + config.addresses();
  }

  private <T> @Nullable T write(String path, Consumer<Pending<T>> call) {
    return await(begin(path, call), deadlineNs());
  }

  /** Asks again when the connection was lost, until the deadline. */
  private <T> T read(Supplier<T> ask, long deadlineNs) {
    while (true) {
      try {
        return ask.get();
      } catch (KeeperError e) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (e.reason() != Reason.CONNECTION_LOSS || hasEnded() || leftMs <= ASK_AGAIN_MS) {
          throw e;
        }
        try {
          Thread.sleep(ASK_AGAIN_MS);
        } catch (InterruptedException i) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  /** The same for one question whose node may be missing, which is null. */
  private <T> @Nullable T read(
      String path, @Nullable Watch watch, boolean keepsWatch, Consumer<Pending<T>> call) {
    long deadlineNs = deadlineNs();
    boolean kept = false;
    try {
      T found = read(() -> await(this.<T>begin(path, call), deadlineNs), deadlineNs);
      kept = true;
      return found;
    } catch (KeeperError e) {
      if (e.reason() == Reason.NO_NODE) {
        kept = keepsWatch;
        return null;
      }
      throw e;
    } finally {
      if (watch != null && !kept) {
        watch.forget();
      }
    }
  }

  @Override
  public String create(String path, byte[] data, CreateMode mode) {
    return seen(createAt(real(path), data, mode));
  }

  private String createAt(String at, byte[] data, CreateMode mode) {
    return requireNonNull(
        this.<String>write(
            at,
            p ->
                client.create(
                    at,
                    data,
                    access,
                    ZooKeeperForms.mode(mode),
                    (rc, _, _, name) -> p.answered(rc, name),
                    null)));
  }

  @Override
  public @Nullable KeeperNode tryGet(String path, @Nullable Runnable told) {
    String at = real(path);
    Watch watch = watch(told);
    return this.<KeeperNode>read(at, watch, false, p -> ask(at, watch, p));
  }

  private void ask(String at, @Nullable Watch watch, Pending<KeeperNode> p) {
    client.getData(
        at,
        watch,
        (rc, _, _, data, stat) -> p.answered(rc, rc == 0 ? ZooKeeperForms.node(data, stat) : null),
        null);
  }

  @Override
  public @Nullable KeeperStat exists(String path, @Nullable Runnable told) {
    String at = real(path);
    Watch watch = watch(told);
    return this.<KeeperStat>read(at, watch, true, p -> askStat(at, watch, p));
  }

  private @Nullable KeeperStat statOf(String at) {
    return this.<KeeperStat>read(at, null, true, p -> askStat(at, null, p));
  }

  private void askStat(String at, @Nullable Watch watch, Pending<KeeperStat> p) {
    client.exists(
        at,
        watch,
        (int rc, String _, Object _, Stat stat) ->
            p.answered(rc, rc == 0 ? ZooKeeperForms.stat(stat) : null),
        null);
  }

  @Override
  public @Nullable List<String> tryChildren(String path, @Nullable Runnable told) {
    String at = real(path);
    Watch watch = watch(told);
    return this.<List<String>>read(
        at,
        watch,
        false,
        p ->
            client.getChildren(
                at,
                watch,
                (int rc, String _, Object _, List<String> names) -> p.answered(rc, names),
                null));
  }

  @Override
  public int set(String path, byte[] data, int version) {
    String at = real(path);
    return requireNonNull(
        this.<Integer>write(
            at,
            p ->
                client.setData(
                    at,
                    data,
                    version,
                    (rc, _, _, stat) -> p.answered(rc, rc == 0 ? stat.getVersion() : null),
                    null)));
  }

  @Override
  public void remove(String path, int version) {
    String at = real(path);
    this.<Boolean>write(
        at, p -> client.delete(at, version, (rc, _, _) -> p.answered(rc, true), null));
  }

  @Override
  public List<@Nullable KeeperNode> getAll(List<String> paths) {
    long deadlineNs = deadlineNs();
    return read(
        () -> {
          List<Pending<KeeperNode>> asked = new ArrayList<>(paths.size());
          for (String path : paths) {
            String at = real(path);
            asked.add(this.<KeeperNode>begin(at, p -> ask(at, null, p)));
          }
          List<@Nullable KeeperNode> found = new ArrayList<>(paths.size());
          for (Pending<KeeperNode> p : asked) {
            found.add(nodeOrNull(p, deadlineNs));
          }
          return found;
        },
        deadlineNs);
  }

  private @Nullable KeeperNode nodeOrNull(Pending<KeeperNode> p, long deadlineNs) {
    try {
      return await(p, deadlineNs);
    } catch (KeeperError e) {
      if (e.reason() == Reason.NO_NODE) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public void sync(String path) {
    String at = real(path);
    read(() -> await(this.<Boolean>begin(at, p -> syncAt(at, p)), deadlineNs()), deadlineNs());
  }

  private void syncAt(String at, Pending<Boolean> p) {
    client.sync(at, (rc, _, _) -> p.answered(rc, true), null);
  }

  /** What came back for changes made together. */
  private record MultiAnswer(int rc, @Nullable List<OpResult> results) {}

  @Override
  public MultiResult multi(List<? extends Op> ops) {
    List<Op> all = List.copyOf(ops);
    if (all.isEmpty()) {
      return MultiResult.done(all, List.of());
    }
    String at = real(all.getFirst().path());
    MultiAnswer answer =
        requireNonNull(
            this.<MultiAnswer>write(
                at,
                p ->
                    client.multi(
                        all.stream()
                            .map(op -> ZooKeeperForms.op(op, real(op.path()), access))
                            .toList(),
                        (rc, _, _, results) -> {
                          Reason why = reason(rc);
                          if (why != null && (why.isConnection() || results == null)) {
                            p.answered(rc, null);
                          } else {
                            p.complete(new MultiAnswer(rc, results));
                          }
                        },
                        null)));
    List<OpResult> results = requireNonNull(answer.results());
    int failed = ZooKeeperForms.failedAt(results);
    if (failed >= 0) {
      int rc = ((OpResult.ErrorResult) results.get(failed)).getErr();
      Reason why = reason(rc);
      return MultiResult.failed(all, failed, why == null ? Reason.OTHER : why);
    }
    return MultiResult.done(
        all, results.stream().map(r -> seen(ZooKeeperForms.created(r))).toList());
  }

  /** Null for success. */
  private static @Nullable Reason reason(int rc) {
    return switch (Code.get(rc)) {
      case OK -> null;
      case NONODE -> Reason.NO_NODE;
      case NODEEXISTS -> Reason.NODE_EXISTS;
      case BADVERSION -> Reason.BAD_VERSION;
      case NOTEMPTY -> Reason.NOT_EMPTY;
      case NOCHILDRENFOREPHEMERALS -> Reason.NO_CHILDREN_FOR_EPHEMERALS;
      case NOAUTH -> Reason.NO_AUTH;
      case AUTHFAILED -> Reason.AUTH_FAILED;
      case BADARGUMENTS, INVALIDACL -> Reason.BAD_ARGUMENTS;
      case NOTREADONLY -> Reason.READ_ONLY;
      case SESSIONEXPIRED, SESSIONMOVED -> Reason.SESSION_EXPIRED;
      case CONNECTIONLOSS -> Reason.CONNECTION_LOSS;
      case OPERATIONTIMEOUT, REQUESTTIMEOUT -> Reason.TIMEOUT;
      case null, default -> Reason.OTHER;
    };
  }
}
