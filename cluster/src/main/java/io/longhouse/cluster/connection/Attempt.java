package io.longhouse.cluster.connection;

import static java.util.Objects.requireNonNull;

import io.longhouse.cluster.config.Replica;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.TablesStatus;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.ServerError;
import io.longhouse.wire.connection.Timeouts;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One replica that is asked a query, on a thread of its own: it connects, sends, and reads until
 * the first sign that the replica works on it. Then it tells the race and reads no further; who
 * takes the attempt reads on from {@link #answers}.
 */
final class Attempt implements Runnable {
  /** How far it has come. */
  enum Phase {
    CONNECTING,
    WAITING,

    /** The replica has begun to answer. */
    READY,

    /** The replica's copy of the table is too old; nothing was sent. */
    STALE,
    FAILED
  }

  /** How long the end of an answer that nobody wants is waited for. */
  private static final int DRAIN_MS = 2000;

  private final Connections connections;
  private final Replica replica;
  private final ClientQuery query;
  private final TablesStatus.@Nullable Name table;
  private final boolean untilData;
  private final QueryContext context;
  private final BlockingQueue<Attempt> told;
  private final Thread thread;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private volatile Phase phase = Phase.CONNECTING;
  private volatile long sinceNs = System.nanoTime();
  private volatile @Nullable Leased leased;
  private volatile @Nullable LonghouseException failure;
  private volatile long delaySec;
  private final AtomicBoolean abandoned = new AtomicBoolean();

  /**
   * @param table what the replica must have; null for nothing
   * @param untilData whether progress alone is no sign yet
   * @param told hears of the end
   */
  Attempt(
      Connections connections,
      Replica replica,
      ClientQuery query,
      TablesStatus.@Nullable Name table,
      boolean untilData,
      QueryContext context,
      BlockingQueue<Attempt> told) {
    this.connections = connections;
    this.replica = replica;
    this.query = query;
    this.table = table;
    this.untilData = untilData;
    this.context = context;
    this.told = told;
    this.thread = Thread.ofVirtual().name("remote " + replica.address()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      Leased l = connections.lease(replica, context, table == null);
      leased = l;
      phase(ask(l));
    } catch (LonghouseException e) {
      Leased l = leased;
      fail(l == null ? e : l.client().trouble(e));
    } catch (UncheckedIOException e) {
      Leased l = leased;
      fail(
          l == null
              ? new LonghouseException(
                  ErrorCode.NETWORK_ERROR, e.getMessage() + " (" + replica.address() + ")", e)
              : l.client().trouble(e));
    } catch (RuntimeException | Error e) {
      fail(
          new LonghouseException(
              ErrorCode.LOGICAL_ERROR, "Asking " + replica.address() + " failed: " + e, e));
    }
    told.add(this);
  }

  private void phase(Phase p) {
    sinceNs = System.nanoTime();
    phase = p;
  }

  private Phase ask(Leased l) {
    TablesStatus.Name wanted = table;
    if (wanted != null) {
      try {
        if (isStale(l, wanted)) {
          return Phase.STALE;
        }
      } catch (ServerError e) {
        if (replica.secret() == null || e.errorCode() != ErrorCode.AUTHENTICATION_FAILED) {
          throw e;
        }
        // A server that wants another proof of the secret here than for queries: ask it nothing.
        leaseAgain(l);
      } catch (MissingTable e) {
        throw e;
      } catch (UncheckedIOException | LonghouseException e) {
        // The connection may have waited for too long: its server is asked once more.
        if (isStale(leaseAgain(l), wanted)) {
          return Phase.STALE;
        }
      }
    }
    send();
    return Phase.READY;
  }

  private Leased leaseAgain(Leased instead) {
    instead.broken();
    instead.close();
    Leased l = connections.lease(replica, context, true);
    leased = l;
    return l;
  }

  private boolean isStale(Leased l, TablesStatus.Name wanted) {
    List<TablesStatus.Status> found = l.client().tablesStatus(List.of(wanted));
    if (found.isEmpty()) {
      throw new MissingTable(
          "There is no table `"
              + wanted.database()
              + "`.`"
              + wanted.table()
              + "` on server: "
              + replica.address());
    }
    delaySec = found.getFirst().delaySec();
    long allowed = context.settings().number("max_replica_delay_for_distributed_queries");
    return allowed > 0 && delaySec >= allowed;
  }

  /** Sends the query and waits for the sign; also for a stale replica that is taken after all. */
  void send() {
    Leased l = requireNonNull(leased);
    l.client().send(query);
    phase(Phase.WAITING);
    boolean sign = false;
    while (!sign) {
      Answer a = l.client().next();
      answers.add(a);
      sign =
          switch (a) {
            case Answer.Data d -> d.block().block().rows() > 0 || d.block().isEnd();
            case Answer.Progress p -> !untilData && p.packet().rows() > 0;
            case Answer.Failed _,
                Answer.End _,
                Answer.Totals _,
                Answer.Extremes _,
                Answer.Profile _ ->
                true;
            case Answer.Log _, Answer.ProfileEvents _, Answer.TableColumns _, Answer.TimeZone _ ->
                false;
          };
    }
  }

  private void fail(LonghouseException e) {
    failure = e;
    phase(Phase.FAILED);
    Leased l = leased;
    if (l != null) {
      l.broken();
      l.close();
    }
  }

  Replica replica() {
    return replica;
  }

  Phase phase() {
    return phase;
  }

  /** How long it has been in its phase. */
  long phaseMs() {
    return (System.nanoTime() - sinceNs) / 1_000_000;
  }

  @Nullable LonghouseException failure() {
    return failure;
  }

  long delaySec() {
    return delaySec;
  }

  /** The connection; null before there is one. */
  @Nullable Leased leased() {
    return leased;
  }

  /** What was read already; the taker's once the attempt is READY. */
  Deque<Answer> answers() {
    return answers;
  }

  /** Gives the attempt up: its server is told to stop, whatever it does. Does not block. */
  void abandon() {
    if (!abandoned.getAndSet(true)) {
      stopServer();
      Thread.ofVirtual().name("remote end " + replica.address()).start(this::drain);
    }
  }

  /** Tells the server to end the query; the answer still has to be read. */
  void stopServer() {
    Leased l = leased;
    if (l == null) {
      thread.interrupt(); // a connection that is being made is closed by that
    } else if (l.client().isRunning()) {
      try {
        l.client().cancel();
      } catch (UncheckedIOException e) {
        l.broken(); // gone: there is nothing to stop
      }
    }
  }

  /**
   * Reads what is left of the answer, so that the connection can be used again, if not for long.
   */
  private void drain() {
    boolean ended = false;
    try {
      ended = thread.join(Duration.ofMillis(DRAIN_MS));
      Leased l = leased;
      if (ended && l != null && phase == Phase.READY && l.client().isRunning()) {
        readToEnd(l.client());
      }
    } catch (InterruptedException | RuntimeException e) {
      ended = false;
    }
    Leased l = leased;
    if (l != null) {
      if (!ended || l.client().isRunning()) {
        l.broken();
      }
      l.close();
    }
  }

  private static void readToEnd(NativeClient client) {
    Timeouts t = client.timeouts();
    client.timeouts(new Timeouts(t.connectMs(), t.handshakeMs(), DRAIN_MS, t.sendMs()));
    long untilNs = System.nanoTime() + DRAIN_MS * 1_000_000L;
    while (client.isRunning() && System.nanoTime() < untilNs) {
      client.next();
    }
  }
}
