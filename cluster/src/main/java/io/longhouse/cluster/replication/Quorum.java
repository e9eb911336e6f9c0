package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.cluster.replication.node.QuorumEntry;
import io.longhouse.cluster.replication.node.QuorumParts;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.mergetree.InsertOptions;
import io.longhouse.storage.part.DataPart;
import io.longhouse.storage.part.PartName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Inserts that are to be on several replicas. {@code /quorum/status} says which part waits for its
 * quorum and who has it, one at a time; with {@code insert_quorum_parallel} each part has a node of
 * its own below {@code /quorum/parallel}. The node goes when enough replicas have the part; of the
 * first kind the part is noted in {@code /quorum/last_part}. A part whose quorum can never be
 * reached is noted in {@code /quorum/failed_parts}, and no replica takes it.
 */
final class Quorum {
  private static final int ATTEMPTS_MAX = 1000;

  private final ReplicaCore core;
  private final ReplicaPath path;

  Quorum(ReplicaCore core) {
    this.core = core;
    this.path = core.path();
  }

  private String status() {
    return path.of("quorum/status");
  }

  private String parallel(PartName part) {
    return path.of("quorum/parallel/" + part);
  }

  /**
   * What an INSERT needs to know of the replica so that it is the same to the end.
   *
   * @param replicas on how many the part is to be
   */
  record Wanted(int replicas, boolean isParallel, int activeVersion, int hostVersion) {}

  /**
   * Checks that a quorum can be reached.
   *
   * @return null when none is wanted
   * @throws LonghouseException TOO_FEW_LIVE_REPLICAS (285), UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
   *     (286)
   */
  @Nullable Wanted begin(KeeperSession session, InsertOptions.Replicas wishes) {
    if (wishes.quorum() == 0 || wishes.quorum() == 1) {
      return null;
    }
    List<String> replicas = session.children(path.of("replicas"));
    int wanted = wishes.quorum() < 0 ? replicas.size() / 2 + 1 : (int) wishes.quorum();
    if (wanted <= 1) {
      return null;
    }
    List<@Nullable KeeperNode> active =
        session.getAll(replicas.stream().map(r -> path.other(r, "is_active")).toList());
    long live = active.stream().filter(n -> n != null).count();
    if (live < wanted) {
      throw new LonghouseException(
          ErrorCode.TOO_FEW_LIVE_REPLICAS,
          "Number of alive replicas ("
              + live
              + ") is less than requested quorum ("
              + wanted
              + "/"
              + replicas.size()
              + ").");
    }
    KeeperNode before = wishes.quorumParallel() ? null : session.tryGet(status());
    if (before != null) {
      throw new LonghouseException(
          ErrorCode.UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE,
          "Quorum for previous write has not been satisfied yet. Status: " + before.text());
    }
    KeeperNode own = session.tryGet(path.own("is_active"));
    KeeperNode host = session.tryGet(path.own("host"));
    if (own == null || host == null) {
      throw new LonghouseException(
          ErrorCode.TABLE_IS_READ_ONLY, "Replica is not active right now: " + path.own());
    }
    return new Wanted(wanted, wishes.quorumParallel(), own.version(), host.version());
  }

  /** Of a part that this replica has and that waits for others. */
  void addOps(PartName part, Wanted wanted, List<Op> ops) {
    var entry =
        new QuorumEntry(part.toString(), wanted.replicas, new TreeSet<>(List.of(path.replica())));
    ops.add(
        new Op.Create(
            wanted.isParallel ? parallel(part) : status(),
            entry.toBytes(),
            io.longhouse.cluster.keeper.CreateMode.PERSISTENT));
    // The host changes when the replica becomes active anew, even if is_active looks the same.
    ops.add(Op.check(path.own("is_active"), wanted.activeVersion));
    ops.add(Op.check(path.own("host"), wanted.hostVersion));
  }

  /** Whether a change failed because another part waits for its quorum. */
  boolean isOther(MultiResult result) {
    return result.reason() == Reason.NODE_EXISTS
        && result.ops().get(result.failedAt()).path().equals(status());
  }

  /**
   * Waits until enough replicas have a part.
   *
   * @throws LonghouseException UNKNOWN_STATUS_OF_INSERT (319)
   */
  void await(KeeperSession session, PartName part, Wanted wanted, InsertOptions.Replicas wishes) {
    long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wishes.quorumTimeoutMs());
    String node = wanted.isParallel ? parallel(part) : status();
    try {
      while (true) {
        var changed = new CountDownLatch(1);
        KeeperNode found = session.tryGet(node, changed::countDown);
        if (found == null
            || !QuorumEntry.parse(found.data(), node).part().equals(part.toString())) {
          break;
        }
        while (!changed.await(50, TimeUnit.MILLISECONDS)) {
          wishes.check().run();
          if (System.nanoTime() > untilNs) {
            throw unknown("Timeout while waiting for quorum", null);
          }
        }
      }
      if (session.exists(path.of("quorum/failed_parts/" + part)) != null) {
        throw unknown("the quorum failed", null);
      }
      if (!core.isActive(session)) {
        throw unknown("Replica become inactive while waiting for quorum", null);
      }
    } catch (KeeperError e) {
      throw unknown(e.message(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("interrupted", e);
    }
  }

  private static LonghouseException unknown(String why, @Nullable Exception cause) {
    return new LonghouseException(
        ErrorCode.UNKNOWN_STATUS_OF_INSERT,
        "Unknown quorum status. The data was inserted in the local replica but we could not verify"
            + " quorum. Reason: "
            + why,
        cause);
  }

  /** This replica has a part now. */
  void reached(KeeperSession session, PartName part) {
    if (session.exists(parallel(part)) != null) {
      join(session, part, parallel(part));
    } else if (session.exists(status()) != null) {
      join(session, part, status());
    }
  }

  private void join(KeeperSession session, PartName part, String node) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      KeeperNode found = session.tryGet(node);
      if (found == null) {
        return;
      }
      QuorumEntry entry = QuorumEntry.parse(found.data(), node);
      if (!entry.part().equals(part.toString())) {
        return;
      }
      entry = entry.with(path.replica());
      List<Op> ops = new ArrayList<>();
      if (!entry.isReached()) {
        ops.add(new Op.Set(node, entry.toBytes(), found.version()));
      } else {
        ops.add(Op.remove(node, found.version()));
        if (node.equals(status())) {
          ops.add(noteLast(session, part));
        }
      }
      MultiResult result = session.multi(ops);
      if (result.isDone() || result.reason() == Reason.NO_NODE) {
        return;
      }
      if (result.reason() != Reason.BAD_VERSION) {
        result.orThrow();
      }
    }
  }

  private Op noteLast(KeeperSession session, PartName part) {
    String node = path.of("quorum/last_part");
    KeeperNode found = session.get(node);
    QuorumParts parts =
        QuorumParts.parse(found.data(), node).with(part.partitionId(), part.toString());
    return new Op.Set(node, parts.toBytes(), found.version());
  }

  /** Joins the quorums of parts that the replica has, after a time of absence. */
  void joinAll(KeeperSession session) {
    KeeperNode one = session.tryGet(status());
    if (one != null) {
      joinIfThere(
          session, PartName.parse(QuorumEntry.parse(one.data(), status()).part()), status());
    }
    List<String> many = session.tryChildren(path.of("quorum/parallel"), null);
    for (String n : many == null ? List.<String>of() : many) {
      PartName part = PartName.tryParse(n);
      if (part != null) {
        joinIfThere(session, part, parallel(part));
      }
    }
  }

  private void joinIfThere(KeeperSession session, PartName part, String node) {
    if (core.data().snapshot().containing(part) != null) {
      join(session, part, node);
    }
  }

  /** Whether the quorum of a part has failed, so that nobody is to have it. */
  boolean hasFailed(KeeperSession session, PartName part) {
    return session.exists(path.of("quorum/failed_parts/" + part)) != null;
  }

  /**
   * Notes that the quorum of a part can never be reached, unless a replica becomes active meanwhile
   * that has the part.
   *
   * @param isThere whether an active replica has it now
   * @return whether that was noted
   */
  boolean fail(
      KeeperSession session,
      PartName part,
      String blockId,
      java.util.function.BooleanSupplier isThere) {
    List<Op> ops = new ArrayList<>();
    for (String r : session.children(path.of("replicas"))) {
      KeeperNode host = session.tryGet(path.other(r, "host"));
      if (host != null) {
        ops.add(Op.check(path.other(r, "host"), host.version()));
      }
    }
    if (isThere.getAsBoolean()) {
      return false;
    }
    String node = session.exists(parallel(part)) != null ? parallel(part) : status();
    KeeperNode found = session.tryGet(node);
    if (found == null || !QuorumEntry.parse(found.data(), node).part().equals(part.toString())) {
      return false;
    }
    ops.add(Op.remove(node, found.version()));
    ops.add(Op.create(path.of("quorum/failed_parts/" + part), ""));
    if (!blockId.isEmpty() && session.exists(path.block(blockId)) != null) {
      ops.add(Op.remove(path.block(blockId)));
    }
    return session.multi(ops).isDone();
  }

  /** The part that waits for its quorum before others may be written; null if there is none. */
  @Nullable PartName inProgress(KeeperSession session) {
    KeeperNode found = session.tryGet(status());
    return found == null ? null : PartName.parse(QuorumEntry.parse(found.data(), status()).part());
  }

  /** Whether a part waits for a quorum, or is the last one of its partition that reached it. */
  boolean holds(KeeperSession session, PartName part) {
    KeeperNode last = session.tryGet(path.of("quorum/last_part"));
    boolean isLast =
        last != null
            && part.toString()
                .equals(
                    QuorumParts.parse(last.data(), path.of("quorum/last_part"))
                        .parts()
                        .get(part.partitionId()));
    return isLast || session.exists(parallel(part)) != null;
  }

  /** Forgets the last part of a partition that was dropped. */
  void forget(KeeperSession session, String partition) {
    String node = path.of("quorum/last_part");
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      KeeperNode found = session.get(node);
      QuorumParts parts = QuorumParts.parse(found.data(), node);
      if (!parts.parts().containsKey(partition)) {
        return;
      }
      var fewer = new TreeMap<>(parts.parts());
      fewer.remove(partition);
      MultiResult result =
          session.multi(
              List.of(new Op.Set(node, new QuorumParts(fewer).toBytes(), found.version())));
      if (result.isDone()) {
        return;
      }
      if (result.reason() != Reason.BAD_VERSION) {
        result.orThrow();
      }
    }
  }

  /** By partition the highest block that may be read: see {@code select_sequential_consistency}. */
  Map<String, Long> agreedBlocks(KeeperSession session) {
    session.sync(path.of("quorum"));
    Map<String, Long> highest = new HashMap<>();
    for (DataPart p : core.data().snapshot().parts()) {
      highest.merge(p.name().partitionId(), p.name().maxBlock(), Math::max);
    }
    PartName waiting = inProgress(session);
    if (waiting != null) {
      highest.put(waiting.partitionId(), waiting.maxBlock() - 1);
    }
    KeeperNode last = session.tryGet(path.of("quorum/last_part"));
    if (last != null) {
      for (String name :
          QuorumParts.parse(last.data(), path.of("quorum/last_part")).parts().values()) {
        PartName part = PartName.parse(name);
        checkHas(part);
        highest.put(part.partitionId(), part.maxBlock());
      }
    }
    return highest;
  }

  /**
   * @throws LonghouseException REPLICA_IS_NOT_IN_QUORUM (289)
   */
  void checkHas(PartName part) {
    if (core.data().snapshot().containing(part) == null) {
      throw new LonghouseException(
          ErrorCode.REPLICA_IS_NOT_IN_QUORUM,
          "Replica doesn't have part '"
              + part
              + "' which was successfully written to quorum of other replicas. Send query to"
              + " another replica or disable 'select_sequential_consistency' setting");
    }
  }
}
