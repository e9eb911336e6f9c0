package io.longhouse.cluster.config;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.connection.ClusterSecret;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the clusters of {@code <discovery>} as Keeper has them. Every server has an ephemeral node
 * {@code <path>/shards/<server uuid>} with {@code {"version": 1, "address": "host:port",
 * "shard_id": 1}}; who looks has a watch on their list. Without Keeper a cluster stays as it was
 * last seen.
 *
 * <p>One thread does all of it, between {@link #start} and {@link #close}.
 */
public final class ClusterDiscovery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClusterDiscovery.class.getName());
  private static final long LOOK_EVERY_MS = 120_000;
  private static final long AGAIN_MS = 500;
  private static final Pattern ADDRESS = Pattern.compile("\"address\"\\s*:\\s*\"([^\"\\\\]+)\"");
  private static final Pattern SHARD = Pattern.compile("\"shard_id\"\\s*:\\s*(\\d{1,6})");

  private final LocalEngine engine;
  private final Clusters clusters;
  private final @Nullable Keeper keeper;
  private final Semaphore wake = new Semaphore(0);
  private final Map<String, Cluster> seen = new HashMap<>();
  private volatile Map<String, String> configuration;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * @param keeper null when none is configured
   */
  public ClusterDiscovery(LocalEngine engine, Clusters clusters, @Nullable Keeper keeper) {
    this.engine = engine;
    this.clusters = clusters;
    this.keeper = keeper;
    this.configuration = engine.config().configuration();
  }

  /** Begins to look. */
  public void start() {
    Keeper k = keeper;
    if (k != null) {
      k.onNewSession(_ -> wake.release());
      thread = Thread.ofVirtual().name("cluster-discovery").start(() -> run(k));
    } else if (!ClusterReader.discoveries(configuration).isEmpty()) {
      LOG.log(Level.WARNING, "clusters with discovery stay empty: no Keeper is configured");
    }
  }

  /** Takes over a configuration that was read again. */
  public void reload(Map<String, String> fresh) {
    configuration = fresh;
    wake.release();
  }

  private void run(Keeper k) {
    long pauseMs = AGAIN_MS;
    try {
      while (!closed) {
        List<Discovery> wanted = ClusterReader.discoveries(configuration);
        seen.keySet().retainAll(wanted.stream().map(Discovery::name).toList());
        boolean complete = true;
        for (Discovery d : wanted) {
          complete &= look(d, k);
        }
        clusters.discovered(Map.copyOf(seen));
        if (wake.tryAcquire(complete ? LOOK_EVERY_MS : pauseMs, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        pauseMs = complete ? AGAIN_MS : Math.min(LOOK_EVERY_MS, 2 * pauseMs);
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "cluster discovery ends");
    }
  }

  /** False when it has to be tried again soon. */
  private boolean look(Discovery d, Keeper k) {
    Hosts hosts = Hosts.of(engine, configuration);
    try {
      KeeperSession session = k.session();
      String list = d.path() + "/shards";
      session.createAll(list);
      boolean registered = d.observer() || register(d, list, hosts, session);
      List<String> nodes = session.children(list, wake::release);
      List<String> paths = nodes.stream().sorted().map(n -> list + "/" + n).toList();
      SortedMap<Integer, List<Replica>> shards = new TreeMap<>();
      for (KeeperNode node : session.getAll(paths)) {
        if (node != null) {
          add(node.text(), d, hosts, shards);
        }
      }
      if (!shards.isEmpty()) {
        seen.put(d.name(), cluster(d, shards));
      }
      return registered;
    } catch (LonghouseException e) {
      LOG.log(Level.WARNING, "cluster " + d + " is not known now: " + e.message());
      return false;
    }
  }

  /** False while it is not known where this server listens. */
  private boolean register(Discovery d, String list, Hosts hosts, KeeperSession session) {
    int port = hosts.ownPort(d.secure());
    if (port <= 0) {
      return false;
    }
    String node = list + "/" + engine.uuid();
    String host = d.host().isEmpty() ? hostName() : d.host();
    String data =
        "{\"version\":1,\"address\":\"" + host + ":" + port + "\",\"shard_id\":" + d.shard() + "}";
    KeeperNode there = session.tryGet(node);
    if (there != null
        && there.stat().ephemeralOwner() == session.id()
        && there.text().equals(data)) {
      return true;
    }
    if (there != null) {
      session.removeIfThere(node); // of a session before this one
    }
    session.create(node, data, CreateMode.EPHEMERAL);
    return true;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  private static void add(
      String data, Discovery d, Hosts hosts, Map<Integer, List<Replica>> shards) {
    Matcher address = ADDRESS.matcher(data);
    Matcher shard = SHARD.matcher(data);
    if (!address.find()) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "a server's node in Keeper has no address: " + data);
    }
    String at = address.group(1);
    int colon = at.lastIndexOf(':');
    String host = colon < 0 ? at : at.substring(0, colon);
    int port =
        colon < 0 || !at.substring(colon + 1).matches("\\d{1,5}")
            ? hosts.ownPort(d.secure())
            : Integer.parseInt(at.substring(colon + 1));
    boolean local = hosts.isThisServer(host, port, d.secure());
    ClusterSecret secret = d.secret().isEmpty() ? null : new ClusterSecret(d.name(), d.secret());
    shards
        .computeIfAbsent(
            shard.find() ? Integer.parseInt(shard.group(1)) : 0, _ -> new ArrayList<>())
        .add(
            new Replica(
                host, port, d.user(), d.password(), d.secure(), !local, 1, "", local, secret));
  }

  private static Cluster cluster(Discovery d, SortedMap<Integer, List<Replica>> shards) {
    List<Shard> all = new ArrayList<>();
    shards.values().forEach(replicas -> all.add(new Shard(all.size() + 1, 1, false, "", replicas)));
    return new Cluster(d.name(), d.secret(), all);
  }

  @Override
  public void close() {
    closed = true;
    Thread t = thread;
    if (t != null) {
      t.interrupt();
    }
  }
}
