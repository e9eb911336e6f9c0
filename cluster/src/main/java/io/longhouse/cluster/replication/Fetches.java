package io.longhouse.cluster.replication;

import io.longhouse.cluster.interserver.PartExchange;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.replication.node.HostNode;
import io.longhouse.cluster.replication.node.PartHeader;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.BandwidthLimit;
import io.longhouse.storage.mergetree.MergeTreeListener;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets parts of other replicas. */
final class Fetches {
  private static final System.Logger LOG = System.getLogger(Fetches.class.getName());

  private final ReplicaCore core;
  private final PartNodes nodes;
  private final PartExchange exchange;
  private final BandwidthLimit limit;

  Fetches(ReplicaCore core, PartNodes nodes, PartExchange exchange) {
    this.core = core;
    this.nodes = nodes;
    this.exchange = exchange;
    this.limit =
        new BandwidthLimit(core.settings().number("max_replicated_fetches_network_bandwidth"));
  }

  /** A part and who has it. */
  record Source(String replica, PartName part) {}

  /** Other replicas in any order. */
  List<String> others(KeeperCalls keeper) {
    List<String> replicas = new ArrayList<>(keeper.children(core.path().of("replicas")));
    replicas.remove(core.path().replica());
    Collections.shuffle(replicas);
    return replicas;
  }

  private boolean isActive(KeeperCalls keeper, String replica) {
    return keeper.exists(core.path().other(replica, "is_active")) != null;
  }

  /** An active replica that has exactly that part; null if there is none. */
  @Nullable Source having(KeeperCalls keeper, PartName part) {
    for (String r : others(keeper)) {
      if (keeper.exists(core.path().other(r, "parts/" + part)) != null && isActive(keeper, r)) {
        return new Source(r, part);
      }
    }
    return null;
  }

  /** The largest part of an active replica that contains a part or is it; null if there is none. */
  @Nullable Source covering(KeeperCalls keeper, PartName part) {
    for (String r : others(keeper)) {
      if (!isActive(keeper, r)) {
        continue;
      }
      PartName largest = null;
      for (PartName p : nodes.names(keeper, r)) {
        if (p.contains(part) && (largest == null || p.contains(largest))) {
          largest = p;
        }
      }
      if (largest != null) {
        return new Source(r, largest);
      }
    }
    return null;
  }

  /** Whether any replica, active or not, has a part or one that contains it. */
  boolean isAnywhere(KeeperCalls keeper, PartName part) {
    return others(keeper).stream()
        .anyMatch(r -> nodes.names(keeper, r).stream().anyMatch(p -> p.contains(part)));
  }

  /** The replica with that path as it is asked for parts. */
  private static HostNode host(KeeperCalls keeper, String replicaPath) {
    KeeperNode host = keeper.tryGet(replicaPath + "/host");
    if (host == null || host.data().length == 0) {
      throw new LonghouseException(
          ErrorCode.NO_REPLICA_HAS_PART,
          "Replica " + replicaPath + " does not say where it is: it was never started, or is gone");
    }
    return HostNode.parse(host.data(), replicaPath + "/host");
  }

  /**
   * Copies a part of any table into a temporary folder.
   *
   * @param detached whether that is below {@code detached/}
   */
  DataPart copy(
      KeeperSession session,
      String replicaPath,
      PartName part,
      boolean detached,
      @Nullable PartHeader expected,
      Runnable check) {
    var id = core.table().id();
    return exchange.fetch(
        new PartExchange.Request(
            host(session, replicaPath),
            replicaPath,
            part.toString(),
            id.database(),
            id.name(),
            core.data(),
            detached,
            expected,
            limit,
            check));
  }

  /**
   * Makes a part of another replica one of this replica.
   *
   * @return the part
   */
  DataPart take(KeeperSession session, Source from, Runnable check) {
    long start = System.nanoTime();
    String replicaPath = core.path().table() + "/replicas/" + from.replica;
    PartHeader expected = nodes.read(session, from.replica, from.part);
    DataPart copy = copy(session, replicaPath, from.part, false, expected, check);
    DataPart part;
    try {
      part = core.data().prepare(copy.folder(), from.part);
    } catch (RuntimeException | Error e) {
      core.data().disk().remove(copy.folder());
      throw e;
    }
    try {
      nodes.add(session, part, false);
    } catch (RuntimeException | Error e) {
      // Whether or not it was noted in Keeper, the entry is tried again.
      core.data().discard(part);
      throw e;
    }
    core.data().publish(List.of(part));
    long ms = (System.nanoTime() - start) / 1_000_000;
    core.data().listener().on(MergeTreeListener.Event.fetched(part, ms));
    LOG.log(
        System.Logger.Level.DEBUG,
        "{0}: fetched {1} from {2} in {3} ms",
        core.name(),
        part,
        from.replica,
        Long.toString(ms));
    return part;
  }
}
