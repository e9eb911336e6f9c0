package io.longhouse.engine.workload;

import io.longhouse.column.MemoryTracker;
import io.longhouse.engine.access.Account;
import io.longhouse.engine.exec.Share;
import io.longhouse.sql.ast.CreateWorkload;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workload that is at work, or an account within one. */
final class Node {
  final String name;
  final @Nullable Node parent;
  final Share share;
  final MemoryTracker memory;

  // Guarded by the workloads' lock.
  final Map<Account, Node> accounts = new HashMap<>();
  @Nullable CreateWorkload definition;
  @Nullable Account account;
  WorkloadSettings threads = WorkloadSettings.NONE;
  WorkloadSettings memories = WorkloadSettings.NONE;

  /** Claims and children. */
  int users;

  /** Whether it waits to be forgotten, and since when nobody uses it. */
  boolean idle;

  long idleSinceNs;

  // Guarded by the query slots' lock.
  WorkloadSettings slots = WorkloadSettings.NONE;
  int running;
  int waiting;
  final ArrayDeque<QuerySlots.Waiter> queue = new ArrayDeque<>();
  private double tokens;
  private long tokensAtNs = System.nanoTime();

  /** How long a query takes, on the average of the latest ones. */
  double querySec = 1;

  long admitted;
  long refused;
  long waitedNs;

  Node(String name, @Nullable Node parent, Share share, MemoryTracker memory) {
    this.name = name;
    this.parent = parent;
    this.share = share;
    this.memory = memory;
  }

  /** Takes other limits of slots over. */
  void slots(WorkloadSettings now) {
    if (now.queriesPerSecond() != slots.queriesPerSecond()
        || now.burstQueries() != slots.burstQueries()) {
      tokens = now.burstQueries();
      tokensAtNs = System.nanoTime();
    }
    slots = now;
  }

  /** How many queries may begin at this moment by their rate. */
  double tokens(long nowNs) {
    tokens =
        Math.min(
            slots.burstQueries(), tokens + (nowNs - tokensAtNs) / 1e9 * slots.queriesPerSecond());
    tokensAtNs = nowNs;
    return tokens;
  }

  void began() {
    if (slots.queriesPerSecond() > 0) {
      tokens -= 1;
    }
  }

  /** How much of its part of the slots it has. */
  double load() {
    return running / slots.weight();
  }
}
