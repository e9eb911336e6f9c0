package io.longhouse.cluster.connection;

import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.ServerError;
import io.longhouse.wire.connection.Timeouts;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of this server to others, in a pool for each server and user. A thread of its own
 * closes idle ones and aborts those whose server takes nothing any more.
 */
public final class Connections implements AutoCloseable {
  private static final long SWEEP_EVERY_MS = 250;
  private static final long IDLE_MS = 60_000;
  private static final long ROUNDS_TO_FORGET = 40;

  private final Map<Replica, Pool> pools = new ConcurrentHashMap<>();
  private final Map<String, ReplicaErrors> errors = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> turns = new ConcurrentHashMap<>();
  private final String host = hostName();
  private final Thread sweeper;
  private volatile boolean closed;

  public Connections() {
    sweeper = Thread.ofVirtual().name("connections").start(this::sweep);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  private void sweep() {
    long rounds = 0;
    while (!closed) {
      try {
        Thread.sleep(SWEEP_EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
      pools.values().forEach(p -> p.sweep(IDLE_MS));
      if (++rounds % ROUNDS_TO_FORGET == 0) {
        pools.values().removeIf(Pool::retire);
        errors.values().removeIf(ReplicaErrors::isForgotten);
      }
    }
  }

  /**
   * A connection to one replica of a shard: the first that can be reached, in the order of {@link
   * #order}, each tried {@code connections_with_failover_max_tries} times.
   *
   * @throws LonghouseException ALL_CONNECTION_TRIES_FAILED (279) with what was tried; what a server
   *     says against the login
   */
  public Leased shard(Shard shard, QueryContext context) {
    return any(order(shard, context.settings()), context);
  }

  /**
   * A connection to one server.
   *
   * @throws LonghouseException as {@link #shard}
   */
  public Leased replica(Replica replica, QueryContext context) {
    return any(List.of(replica), context);
  }

  private Leased any(List<Replica> replicas, QueryContext context) {
    var tries = new Tries();
    long times = Math.max(1, context.settings().number("connections_with_failover_max_tries"));
    for (long i = 0; i < times; i++) {
      for (Replica r : replicas) {
        context.checkStopped();
        try {
          return lease(r, context, true);
        } catch (LonghouseException e) {
          if (!isUnreachable(e)) {
            throw e;
          }
          failed(r, context.settings());
          tries.add(r, e);
        }
      }
    }
    throw tries.failure();
  }

  /**
   * Takes a connection to a replica; one attempt.
   *
   * @param asked whether the server has to have answered just now
   */
  Leased lease(Replica replica, QueryContext context, boolean asked) {
    Settings s = context.settings();
    int size = (int) Math.clamp(s.number("distributed_connections_pool_size"), 1, 1 << 20);
    long waitMs = s.number("connection_pool_max_wait_ms");
    Timeouts timeouts = timeouts(replica, context);
    while (true) {
      Pool pool = pools.computeIfAbsent(replica, Pool::new);
      try {
        NativeClient client = pool.take(timeouts, size, waitMs, asked);
        return new Leased(pool, replica, client);
      } catch (UncheckedIOException e) {
        throw new LonghouseException(
            ErrorCode.NETWORK_ERROR, e.getMessage() + " (" + replica.address() + ")", e);
      } catch (Pool.Retired e) {
        pools.remove(replica, pool);
      }
    }
  }

  /** The query's timeouts, none longer than the time that it has left. */
  static Timeouts timeouts(Replica replica, QueryContext context) {
    Settings s = context.settings();
    long leftMs = leftMs(context);
    String connect =
        replica.secure()
            ? "connect_timeout_with_failover_secure_ms"
            : "connect_timeout_with_failover_ms";
    return new Timeouts(
        bounded(s.number(connect), leftMs),
        bounded(s.number("handshake_timeout_ms"), leftMs),
        bounded((long) (1000 * s.decimal("receive_timeout")), leftMs),
        bounded((long) (1000 * s.decimal("send_timeout")), leftMs));
  }

  /** How much of {@code max_execution_time} is left. */
  static long leftMs(QueryContext context) {
    double limit = context.settings().decimal("max_execution_time");
    return limit <= 0
        ? Integer.MAX_VALUE
        : Math.max(1, (long) (limit * 1000) - context.elapsedNs() / 1_000_000);
  }

  private static int bounded(long ms, long leftMs) {
    return (int) Math.clamp(ms, 1, Math.min(leftMs, Integer.MAX_VALUE));
  }

  /** Whether another replica may answer where this one did not. */
  static boolean isUnreachable(LonghouseException e) {
    if (e instanceof ServerError) {
      return false;
    }
    return switch (e.errorCode()) {
      case QUERY_WAS_CANCELLED, TIMEOUT_EXCEEDED, ABORTED, MEMORY_LIMIT_EXCEEDED -> false;
      default -> true; // the network, or a peer that does not speak as it should
    };
  }

  /**
   * A shard's replicas, best first: by errors lately, configured priority, the rank that {@code
   * load_balancing} gives, and at random.
   */
  public List<Replica> order(Shard shard, Settings settings) {
    return order(shard, settings, false);
  }

  /**
   * @param slowdowns whether those that were slow lately come later
   */
  List<Replica> order(Shard shard, Settings settings, boolean slowdowns) {
    List<Replica> replicas = shard.replicas();
    if (replicas.size() == 1) {
      return replicas;
    }
    record Ranked(Replica replica, long errors, long slow, long rank, int random) {}
    long halfLife = settings.number("distributed_replica_error_half_life");
    long ignored = settings.number("distributed_replica_max_ignored_errors");
    LoadBalancing balancing = LoadBalancing.of(settings);
    AtomicLong turn =
        balancing == LoadBalancing.ROUND_ROBIN
            ? turns.computeIfAbsent(shard.addresses(), _ -> new AtomicLong())
            : new AtomicLong();
    long[] ranks =
        balancing.ranks(replicas, host, settings.number("load_balancing_first_offset"), turn);
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < ranks.length; i++) {
      Replica r = replicas.get(i);
      ReplicaErrors e = errors(r);
      ranked.add(
          new Ranked(
              r,
              Math.max(0, e.errors(halfLife) - ignored),
              slowdowns ? e.slowdowns(halfLife) : 0,
              ranks[i],
              ThreadLocalRandom.current().nextInt()));
    }
    ranked.sort(
        Comparator.comparingLong(Ranked::errors)
            .thenComparingLong(Ranked::slow)
            .thenComparingInt(r -> r.replica().priority())
            .thenComparingLong(Ranked::rank)
            .thenComparingInt(Ranked::random));
    return ranked.stream().map(Ranked::replica).toList();
  }

  /** What is known of a server's failures. */
  public ReplicaErrors errors(Replica replica) {
    return errors.computeIfAbsent(replica.address(), _ -> new ReplicaErrors());
  }

  /** Counts a failure of a server. */
  void failed(Replica replica, Settings settings) {
    errors(replica)
        .failed(
            settings.number("distributed_replica_error_half_life"),
            settings.number("distributed_replica_error_cap"));
  }

  @Override
  public void close() {
    closed = true;
    sweeper.interrupt();
    pools.values().forEach(Pool::close);
  }
}
