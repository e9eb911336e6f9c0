package io.longhouse.cluster.connection;

import io.longhouse.cluster.config.Replica;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.TablesStatus;
import io.longhouse.wire.connection.ClientQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the replica of a shard that answers a query. One is asked after the other as they fail;
 * with hedged requests another one is asked too when the first is slow, and the first that begins
 * to answer wins. Used by one thread, which waits in it.
 */
final class Race {
  private static final long POLL_MS = 20;

  private final Connections connections;
  private final List<Replica> order;
  private final ClientQuery query;
  private final TablesStatus.@Nullable Name table;
  private final QueryContext context;
  private final Runnable stopped;
  private final Settings settings;
  private final boolean hedged;
  private final long triesMax;
  private final BlockingQueue<Attempt> told = new LinkedBlockingQueue<>();
  private final List<Attempt> running = new ArrayList<>();
  private final List<Attempt> stale = new ArrayList<>();
  private final Map<Replica, Long> failures = new HashMap<>();
  private final Tries tries = new Tries();

  /**
   * @param stopped throws when nobody wants the answer any more
   */
  Race(
      Connections connections,
      List<Replica> order,
      ClientQuery query,
      TablesStatus.@Nullable Name table,
      QueryContext context,
      Runnable stopped) {
    this.stopped = stopped;
    this.connections = connections;
    this.order = order;
    this.query = query;
    this.table = table;
    this.context = context;
    this.settings = context.settings();
    this.hedged = settings.isOn("use_hedged_requests") && order.size() > 1;
    this.triesMax = Math.max(1, settings.number("connections_with_failover_max_tries"));
  }

  /**
   * The attempt that won.
   *
   * @throws LonghouseException ALL_CONNECTION_TRIES_FAILED (279), ALL_REPLICAS_ARE_STALE (369), why
   *     the query was stopped, or what a server says against the login
   */
  Attempt run() {
    Attempt winner = null;
    try {
      winner = await();
      return winner;
    } finally {
      for (Attempt a : running) {
        if (a != winner) {
          a.abandon();
        }
      }
      for (Attempt a : stale) {
        if (a != winner) {
          a.abandon();
        }
      }
    }
  }

  private Attempt await() {
    startNext();
    while (true) {
      stopped.run();
      if (running.isEmpty() && !startNext()) {
        return takeStale();
      }
      Attempt a = poll();
      if (a == null) {
        hedge();
        continue;
      }
      running.remove(a);
      switch (a.phase()) {
        case READY -> {
          return a;
        }
        case STALE -> {
          context.event("DistributedConnectionStaleReplica").increment();
          stale.add(a);
        }
        default -> failed(a);
      }
    }
  }

  private @Nullable Attempt poll() {
    try {
      return told.poll(POLL_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled", e);
    }
  }

  /** Asks the next replica that may be asked; false when there is none. */
  private boolean startNext() {
    Replica best = null;
    long least = triesMax;
    for (Replica r : order) {
      long n = failures.getOrDefault(r, 0L);
      if (n < least && !isAsked(r)) {
        best = r;
        least = n;
      }
    }
    if (best == null) {
      return false;
    }
    boolean untilData = settings.isOn("allow_changing_replica_until_first_data_packet");
    var a = new Attempt(connections, best, query, table, untilData, context, told);
    running.add(a);
    a.start();
    return true;
  }

  private boolean isAsked(Replica r) {
    return running.stream().anyMatch(a -> a.replica().equals(r))
        || stale.stream().anyMatch(a -> a.replica().equals(r));
  }

  private void failed(Attempt a) {
    LonghouseException e = a.failure();
    if (e == null || !(e instanceof MissingTable) && !Connections.isUnreachable(e)) {
      throw e == null
          ? new LonghouseException(ErrorCode.LOGICAL_ERROR, "No answer of " + a.replica())
          : e;
    }
    tries.add(a.replica(), e);
    if (e instanceof MissingTable) {
      context.event("DistributedConnectionMissingTable").increment();
      failures.put(a.replica(), triesMax);
      return;
    }
    context.event("DistributedConnectionFailTry").increment();
    connections.failed(a.replica(), settings);
    if (failures.merge(a.replica(), 1L, Long::sum) >= triesMax) {
      context.event("DistributedConnectionFailAtAll").increment();
    }
  }

  /** Asks one more replica when the last one asked is slow. */
  private void hedge() {
    if (!hedged || running.isEmpty()) {
      return;
    }
    Attempt last = running.getLast();
    String limit =
        switch (last.phase()) {
          case CONNECTING -> "hedged_connection_timeout_ms";
          case WAITING -> "receive_data_timeout_ms";
          default -> "";
        };
    if (!limit.isEmpty() && last.phaseMs() >= settings.number(limit) && startNext()) {
      context.event("HedgedRequestsChangeReplica").increment();
      connections
          .errors(last.replica())
          .slow(settings.number("distributed_replica_error_half_life"));
    }
  }

  /** The least old of the replicas that are too old. */
  private Attempt takeStale() {
    if (stale.isEmpty()) {
      throw tries.failure();
    }
    if (!settings.isOn("fallback_to_stale_replicas_for_distributed_queries")) {
      throw new LonghouseException(
          ErrorCode.ALL_REPLICAS_ARE_STALE,
          "Could not find enough connections to up-to-date replicas. Got: 0, needed: 1. Tried: "
              + String.join(
                  ", ",
                  stale.stream()
                      .map(a -> a.replica().address() + " (" + a.delaySec() + " s behind)")
                      .toList()));
    }
    stale.sort(Comparator.comparingLong(Attempt::delaySec));
    Attempt best = stale.removeFirst();
    var again = new Attempt(connections, best.replica(), query, null, false, context, told);
    best.abandon();
    running.add(again);
    again.start();
    return awaitStale(again);
  }

  private Attempt awaitStale(Attempt only) {
    while (true) {
      stopped.run();
      Attempt a = poll();
      if (a == only) {
        running.remove(a);
        if (a.phase() == Attempt.Phase.READY) {
          return a;
        }
        failed(a);
        return takeStale();
      }
    }
  }
}
