package io.longhouse.cluster.database;

import io.longhouse.cluster.ddl.DdlEntry;
import io.longhouse.cluster.ddl.SharedUuids;
import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.User;
import io.longhouse.engine.catalog.AtomicDatabase;
import io.longhouse.engine.catalog.FileNames;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.InternalStatements;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.StatementResult;
import io.longhouse.engine.statement.TableDefinitions;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A database whose log this server follows. One thread carries out what is in the log; when it
 * comes to a statement that was proposed here, the thread of that statement takes over and gives
 * back when the statement is committed or taken back.
 */
final class ReplicatedDatabase implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ReplicatedDatabase.class.getName());
  private static final ScopedValue<Boolean> CARRYING_OUT = ScopedValue.newInstance();
  private static final String MARK = "DatabaseReplicated";
  private static final String QUERY = "query-";
  private static final long PAUSE_MS = 1000;
  private static final long LOCK_PAUSE_MS = 50;
  private static final int LOCK_TRIES = 1000;
  private static final long COMMIT_WAIT_MS = 60_000;
  private static final int LAG_MAX = 50;
  private static final int TRIES = 3;

  private final AtomicDatabase database;
  private final ReplicaNodes nodes;
  private final Keeper keeper;
  private final LocalEngine engine;
  private final LocalTables tables;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch first = new CountDownLatch(1);
  private final AtomicReference<@Nullable Proposal> proposal = new AtomicReference<>();
  private volatile @Nullable KeeperSession ready;
  private volatile @Nullable KeeperSession watched;
  private volatile boolean closed;
  private volatile long done;

  /** A statement of this server on its way: its thread and that of the log take turns. */
  private record Proposal(CountDownLatch turn, CountDownLatch over) {
    Proposal() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }
  }

  ReplicatedDatabase(
      AtomicDatabase database, ReplicaNodes nodes, Keeper keeper, LocalEngine engine) {
    this.database = database;
    this.nodes = nodes;
    this.keeper = keeper;
    this.engine = engine;
    this.tables = new LocalTables(database, nodes, engine);
    this.thread = Thread.ofVirtual().name("database-" + nodes.name()).unstarted(() -> work());
  }

  /**
   * Whether the present thread carries out what stands in a log, which is not to be logged again.
   */
  static boolean isCarryingOut() {
    return CARRYING_OUT.isBound();
  }

  // ---- Nodes

  private String hostId() {
    Integer port = engine.ports().get("tcp_port");
    String configured = engine.config().configuration().getOrDefault("tcp_port", "9000").strip();
    String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
    return host + ":" + (port == null ? configured : port) + ":" + database.uuid();
  }

  /**
   * Makes the nodes of the database, if it is the first, and of this replica.
   *
   * @throws LonghouseException BAD_ARGUMENTS (36), REPLICA_ALREADY_EXISTS (253)
   */
  void createReplica() {
    createDatabase();
    KeeperNode mark = keeper.get(nodes.root());
    if (!mark.text().startsWith(MARK)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Cannot add new database replica: provided path "
              + nodes.root()
              + " already contains some data and it does not look like Replicated database path.");
    }
    MultiResult made =
        keeper.multi(
            List.of(
                Op.create(nodes.own(), hostId()),
                Op.create(nodes.own() + "/log_ptr", "0"),
                Op.create(nodes.own() + "/digest", "0")));
    if (made.failed(0, Reason.NODE_EXISTS)) {
      throw new LonghouseException(
          ErrorCode.REPLICA_ALREADY_EXISTS,
          "Replica "
              + nodes.replica()
              + " of shard "
              + nodes.shard()
              + " of replicated database at "
              + nodes.root()
              + " already exists. Replica host ID: '"
              + keeper.text(nodes.own())
              + "', current host ID: '"
              + hostId()
              + "'");
    }
    made.orThrow();
    // Others hear of the replica by an entry without a statement.
    enqueue(keeper.session(), emptyEntry(), true);
  }

  private void createDatabase() {
    if (keeper.exists(nodes.root()) != null) {
      return;
    }
    keeper.createAll(KeeperPaths.parent(nodes.root()));
    String counter = nodes.root() + "/counter";
    MultiResult made =
        keeper.multi(
            List.of(
                Op.create(nodes.root(), MARK),
                Op.create(nodes.log(), ""),
                Op.create(nodes.replicas(), ""),
                Op.create(counter, ""),
                // Numbers begin with 1: a new replica has carried out number 0.
                Op.create(counter + "/cnt-", ""),
                Op.remove(counter + "/cnt-"),
                Op.create(nodes.metadata(), ""),
                Op.create(nodes.maxLogPtr(), "1"),
                Op.create(nodes.root() + "/logs_to_keep", "1000")));
    if (!made.failed(0, Reason.NODE_EXISTS)) {
      made.orThrow();
    }
  }

  private static DdlEntry emptyEntry() {
    return new DdlEntry(DdlEntry.WITH_QUERY_ID, "", List.of(), "", Map.of(), "", "", List.of());
  }

  /**
   * Puts a statement into the log.
   *
   * @return the name of its entry
   */
  private String enqueue(KeeperSession session, DdlEntry entry, boolean committed) {
    String lock = nodes.root() + "/counter_lock";
    String number = "";
    for (int i = 0; number.isEmpty(); i++) {
      MultiResult made =
          session.multi(
              List.of(
                  Op.create(lock, nodes.name(), CreateMode.EPHEMERAL),
                  Op.create(nodes.root() + "/counter/cnt-", "", CreateMode.EPHEMERAL_SEQUENTIAL)));
      if (made.isDone()) {
        number = KeeperPaths.name(made.created(1));
      } else if (!made.failed(0, Reason.NODE_EXISTS)) {
        made.orThrow();
      } else if (i == LOCK_TRIES) {
        throw new LonghouseException(
            ErrorCode.UNFINISHED,
            "Cannot enqueue query, because some replica are trying to enqueue another query. It may"
                + " happen on high queries rate or, in rare cases, after connection loss. Client"
                + " should retry.");
      } else {
        pause(LOCK_PAUSE_MS);
      }
    }
    String name = QUERY + number.substring(number.indexOf('-') + 1);
    String path = nodes.log() + "/" + name;
    session
        .multi(
            List.of(
                Op.create(path, entry.text()),
                committed
                    ? Op.create(path + "/committed", nodes.name())
                    : Op.create(path + "/try", nodes.name(), CreateMode.EPHEMERAL),
                Op.remove(nodes.root() + "/counter/" + number),
                Op.remove(lock),
                Op.create(path + "/active", ""),
                Op.create(path + "/finished", ""),
                Op.create(path + "/synced", "")))
        .orThrow();
    return name;
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.ABORTED, "interrupted", e);
    }
  }

  // ---- Proposing

  /** Carries a statement out here, has the others carry it out, and waits for them. */
  StatementResult propose(Statement statement, StatementContext context) {
    DefinitionStatements.check(statement, database.name(), context);
    KeeperSession session = awaitReady(context.query());
    if (session == null) {
      throw new LonghouseException(
          ErrorCode.NO_ZOOKEEPER,
          "Database "
              + database.name()
              + " is in readonly mode, because it cannot connect to"
              + " ZooKeeper");
    }
    long newest = number(session.get(nodes.maxLogPtr()).text());
    if (done + LAG_MAX < newest) {
      throw new LonghouseException(
          ErrorCode.NOT_A_LEADER,
          "Cannot enqueue query on this replica, because it has replication lag of "
              + (newest - done)
              + " queries. Try other replica.");
    }
    var own = new Proposal();
    long timeoutMs =
        1000
            * Math.max(
                1,
                context.query().settings().number("database_replicated_initial_query_timeout_sec"));
    take(own, timeoutMs, context.query());
    String name;
    try {
      Statement made = SharedUuids.with(statement);
      name = enqueue(session, entry(made, context), false);
      wake.release();
      carryOut(name, made, own, session, timeoutMs, context);
    } finally {
      proposal.set(null);
      own.over.countDown();
    }
    return new ReplicasAnswer(nodes, name, keeper, context.query()).await();
  }

  /** The session in which the log is followed, which may just begin; null without Keeper. */
  private @Nullable KeeperSession awaitReady(QueryContext context) {
    long untilNs =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(keeper.config().operationTimeoutMs());
    while (true) {
      KeeperSession session = ready;
      if (session != null && !session.hasEnded()) {
        return session;
      }
      if (closed || keeper.sessionOrNull() == null || System.nanoTime() > untilNs) {
        return null;
      }
      context.checkStopped();
      pause(LOCK_PAUSE_MS);
    }
  }

  /** New replicas begin with a table as it is here: its replicas agree about it by themselves. */
  void publish(Table table) {
    String node = nodes.metadata() + "/" + FileNames.escape(table.id().name());
    keeper.set(node, TableDefinitions.attachText(table));
  }

  /** One statement of this server at a time. */
  private void take(Proposal own, long timeoutMs, QueryContext context) {
    long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    while (!proposal.compareAndSet(null, own)) {
      context.checkStopped();
      if (System.nanoTime() > untilNs) {
        throw busy();
      }
      pause(LOCK_PAUSE_MS);
    }
  }

  private static LonghouseException busy() {
    return new LonghouseException(
        ErrorCode.UNFINISHED,
        "Timeout: Cannot enqueue query on this replica, most likely because replica is busy with"
            + " previous queue entries");
  }

  private static DdlEntry entry(Statement statement, StatementContext context) {
    SessionAccess access = context.query().require(SessionAccess.class);
    User user = access.user();
    return new DdlEntry(
        DdlEntry.WITH_USER,
        Formatter.formatOneLine(DefinitionStatements.shared(statement, context)),
        List.of(),
        "",
        Map.of(),
        context.query().queryId(),
        user == null ? "" : user.name(),
        user == null ? List.of() : access.names(access.currentRoles()));
  }

  /** Waits for the statement's turn in the log, carries it out and commits it. */
  private void carryOut(
      String name,
      Statement statement,
      Proposal own,
      KeeperSession session,
      long timeoutMs,
      StatementContext context) {
    String path = nodes.log() + "/" + name;
    boolean committed = false;
    try {
      awaitTurn(own, session, timeoutMs, context.query());
      var before = tables.definitions(DefinitionStatements.tables(statement, context));
      InternalStatements.run(statement, context);
      List<Op> ops = new ArrayList<>();
      ops.add(Op.remove(path + "/try"));
      ops.add(Op.create(path + "/committed", nodes.name()));
      ops.add(Op.set(nodes.maxLogPtr(), String.valueOf(number(name)), Op.ANY));
      tables.changes(before, session, ops);
      finish(name, ops);
      MultiResult result = session.multi(ops);
      if (!result.isDone()) {
        throw new LonghouseException(
            ErrorCode.DATABASE_REPLICATION_FAILED,
            "The statement was carried out here and could not be committed ("
                + result.reason()
                + " at "
                + result.ops().get(result.failedAt()).path()
                + "): this replica goes back to what the others have");
      }
      committed = true;
      done = number(name);
    } finally {
      if (!committed) {
        giveUp(path, session);
      }
    }
  }

  private void awaitTurn(
      Proposal own, KeeperSession session, long timeoutMs, QueryContext context) {
    long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    try {
      while (!own.turn.await(LOCK_PAUSE_MS, TimeUnit.MILLISECONDS)) {
        context.checkStopped();
        if (session.hasEnded() || closed) {
          throw new LonghouseException(
              ErrorCode.DATABASE_REPLICATION_FAILED,
              "ZooKeeper session expired or replication stopped, try again");
        }
        if (System.nanoTime() > untilNs) {
          throw busy();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.ABORTED, "interrupted", e);
    }
  }

  /**
   * Takes a statement back that failed; what it may have left here is mended by the log's thread.
   */
  private void giveUp(String path, KeeperSession session) {
    try {
      session.removeIfThere(path + "/try");
    } catch (KeeperError e) {
      LOG.log(Level.WARNING, path + "/try goes with its session: " + e.message());
    }
    tables.mayDiffer();
  }

  private void finish(String name, List<Op> ops) {
    ops.add(Op.set(nodes.own() + "/log_ptr", String.valueOf(number(name)), Op.ANY));
    ops.add(Op.set(nodes.own() + "/digest", tables.digest(), Op.ANY));
    ops.add(Op.create(nodes.log() + "/" + name + "/finished/" + nodes.name(), "0\n"));
  }

  private static long number(String text) {
    return Long.parseLong(text.startsWith(QUERY) ? text.substring(QUERY.length()) : text.strip());
  }

  // ---- Following

  void start() {
    thread.start();
  }

  /** Waits until the replica has what the others have, but not longer than that. */
  void awaitFirst(long timeoutMs, QueryContext context) {
    try {
      long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (!first.await(LOCK_PAUSE_MS, TimeUnit.MILLISECONDS) && System.nanoTime() < untilNs) {
        context.checkStopped();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (!closed) {
      try {
        KeeperSession session = keeper.session();
        if (ready != session) {
          session.onEnd(wake::release);
          if (!initialize(session)) {
            LOG.log(Level.ERROR, database.name() + " has no replica in Keeper any more");
            return;
          }
          ready = session;
          first.countDown();
        }
        for (String name : names(session)) {
          if (!closed && number(name) > done) {
            process(name, session);
          }
        }
        if (wake.tryAcquire(COMMIT_WAIT_MS, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (LonghouseException e) {
        LOG.log(Level.WARNING, "database " + database.name() + ": " + e.message());
        ready = null;
        watched = null;
        if (!sleep()) {
          return;
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, database.name() + " no longer follows its log");
        return;
      }
    }
  }

  private boolean sleep() {
    try {
      Thread.sleep(PAUSE_MS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private List<String> names(KeeperSession session) {
    boolean set = watched != session;
    watched = session;
    return session
        .children(
            nodes.log(),
            set
                ? () -> {
                  watched = null;
                  wake.release();
                }
                : null)
        .stream()
        .filter(n -> n.startsWith(QUERY))
        .sorted()
        .toList();
  }

  /** False when there is no such replica in Keeper. */
  private boolean initialize(KeeperSession session) throws InterruptedException {
    KeeperNode own = session.tryGet(nodes.own() + "/log_ptr");
    if (own == null) {
      return false;
    }
    done = number(own.text());
    long newest = number(session.get(nodes.maxLogPtr()).text());
    long kept = number(session.get(nodes.root() + "/logs_to_keep").text());
    if (done == 0 || done + kept < newest || tables.differ(session)) {
      recover(session);
    }
    String active = nodes.own() + "/active";
    session.removeIfThere(active);
    session.create(active, engine.uuid().toString(), CreateMode.EPHEMERAL);
    return true;
  }

  /** Makes the tables here those of Keeper's definitions. */
  private void recover(KeeperSession session) {
    long at = ScopedValue.where(CARRYING_OUT, true).call(() -> tables.recover(session));
    session
        .multi(
            List.of(
                Op.set(nodes.own() + "/log_ptr", String.valueOf(at), Op.ANY),
                Op.set(nodes.own() + "/digest", tables.digest(), Op.ANY)))
        .orThrow();
    done = at;
  }

  private void process(String name, KeeperSession session) throws InterruptedException {
    String path = nodes.log() + "/" + name;
    KeeperNode node = session.tryGet(path);
    if (node == null) {
      return;
    }
    if (!isCommitted(path, session)) {
      done = Math.max(done, number(name)); // taken back
      if (tables.differ(session)) {
        recover(session);
      }
      return;
    }
    if (done >= number(name)) {
      return; // it was this server's own
    }
    DdlEntry entry = DdlEntry.parse(node.text());
    if (!entry.query().isEmpty()) {
      follow(name, entry, session);
      if (done >= number(name)) {
        return;
      }
    }
    List<Op> ops = new ArrayList<>();
    finish(name, ops);
    session.multi(ops).orThrow();
    done = number(name);
    clean(name, session);
  }

  /** Waits until a statement is committed or taken back; gives its turn to one of this server. */
  private boolean isCommitted(String path, KeeperSession session) throws InterruptedException {
    long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(COMMIT_WAIT_MS);
    while (!closed) {
      var gone = new Semaphore(0);
      KeeperNode proposed = session.tryGet(path + "/try", gone::release);
      if (proposed == null) {
        return session.exists(path + "/committed") != null;
      }
      Proposal own = proposal.get();
      if (own != null && proposed.text().equals(nodes.name())) {
        own.turn.countDown();
        own.over.await();
      } else if (!gone.tryAcquire(PAUSE_MS, TimeUnit.MILLISECONDS) && System.nanoTime() > untilNs) {
        session.removeIfThere(path + "/try"); // who proposed it cannot commit it any more
      }
    }
    throw new InterruptedException();
  }

  private void follow(String name, DdlEntry entry, KeeperSession session)
      throws InterruptedException {
    for (int i = 1; ; i++) {
      try {
        ScopedValue.where(CARRYING_OUT, true).run(() -> tables.carryOut(name, entry));
        return;
      } catch (LonghouseException e) {
        LOG.log(
            Level.WARNING,
            "database " + database.name() + ", " + name + ", try " + i + ": " + e.message());
        if (i == TRIES) {
          recover(session);
          return;
        }
      }
      Thread.sleep(PAUSE_MS / 10);
    }
  }

  /** Removes statements that are older than those that are kept. */
  private void clean(String name, KeeperCalls calls) {
    long kept = number(calls.get(nodes.root() + "/logs_to_keep").text());
    long oldest = number(name) - kept;
    if (oldest > 0 && oldest % (Math.max(1, kept / 10)) == 0) {
      for (String n : calls.children(nodes.log())) {
        if (n.startsWith(QUERY) && number(n) < oldest) {
          calls.removeAll(nodes.log() + "/" + n);
        }
      }
    }
  }

  /** The database was dropped here: its replica goes, and with the last one all of it. */
  void drop() {
    close();
    keeper.removeAll(nodes.own());
    List<String> others = keeper.tryChildren(nodes.replicas(), null);
    if (others != null && others.isEmpty()) {
      keeper.removeAll(nodes.root());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    KeeperSession s = ready;
    if (s != null && !s.hasEnded()) {
      try {
        s.removeIfThere(nodes.own() + "/active");
      } catch (KeeperError e) {
        LOG.log(Level.DEBUG, nodes.own() + "/active goes with its session: " + e.message());
      }
    }
  }
}
