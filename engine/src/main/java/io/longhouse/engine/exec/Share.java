package io.longhouse.engine.exec;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A claim to the threads of a {@link Scheduler}: a workload, an account within it, a query of the
 * account. Shares form a tree; its leaves, the queries, have the work.
 *
 * <p>All fields are guarded by the scheduler's lock. A share is among its parent's {@link
 * #children} exactly while it has work that may be begun now.
 */
public final class Share {
  private static final double STEP_NS_FIRST = 1_000_000;

  final @Nullable Share parent;
  private final String name;

  /** Of a leaf: what is to be done. */
  final @Nullable ArrayDeque<Work> ready;

  final ReadyShares children = new ReadyShares();
  ShareLimits limits;

  /** Nanoseconds it was served, by its weight; of use to compare siblings only. */
  double time;

  /** Where it stands in its parent's heap; -1 for nowhere. */
  int place = -1;

  ReadyShares.@Nullable Band band;

  /** Threads that work for it. */
  int running;

  /** Whether it has work or is worked for. */
  boolean active;

  boolean throttled;
  long throttledUntilNs;
  private double tokensNs;
  private long tokensAtNs;

  /** What a step of this leaf is thought to take. */
  double stepNs = STEP_NS_FIRST;

  /** Of a leaf: since when it has had work and nobody to do it, and how long that was before. */
  private long readySinceNs;

  long waitedNs;
  long usedNs;
  long cpuNs;
  long steps;
  long busyPeriods;
  long throttledNs;

  /**
   * @param ready of a leaf: the queue of what is to be done
   */
  Share(@Nullable Share parent, String name, ShareLimits limits, @Nullable ArrayDeque<Work> ready) {
    this.parent = parent;
    this.name = name;
    this.limits = limits;
    this.ready = ready;
    this.tokensNs = limits.burstSec() * 1e9;
    this.tokensAtNs = System.nanoTime();
  }

  public String name() {
    return name;
  }

  boolean isReady() {
    return ready != null ? !ready.isEmpty() : !children.isEmpty();
  }

  /** Of a leaf: what is to be done. */
  ArrayDeque<Work> queue() {
    if (ready == null) {
      throw new IllegalStateException("not a leaf");
    }
    return ready;
  }

  /** A leaf gets work behind what it has. */
  void add(Work w) {
    beReady();
    queue().add(w);
  }

  /** A leaf gets work before what it has. */
  void addFirst(Work w) {
    beReady();
    queue().addFirst(w);
  }

  private void beReady() {
    if (queue().isEmpty()) {
      readySinceNs = System.nanoTime();
    }
  }

  /** A thread begins with some of a leaf's work. */
  void waited(long nowNs) {
    waitedNs += nowNs - readySinceNs;
    readySinceNs = nowNs;
  }

  /** Whether a step may begin now. */
  boolean mayBegin() {
    return isReady() && running < limits.threadsMax() && !throttled;
  }

  /** Nobody works for it, and its time says nothing that a new share would not know. */
  boolean isForgettable() {
    return running == 0
        && !isReady()
        && (parent == null || time <= parent.children.virtualTime(limits.priority()));
  }

  /** Takes what was used from what a limit of processors allows. */
  void spend(long ns, long nowNs) {
    if (limits.cpusMax() == 0) {
      return;
    }
    double most = limits.burstSec() * 1e9;
    tokensNs = Math.min(most, tokensNs + (nowNs - tokensAtNs) * limits.cpusMax()) - ns;
    tokensAtNs = nowNs;
    if (tokensNs < 0 && !throttled) {
      throttled = true;
      throttledUntilNs = nowNs + Math.max(1_000_000, (long) (-tokensNs / limits.cpusMax()));
      throttledNs += throttledUntilNs - nowNs;
    }
  }

  double tokensNs() {
    return tokensNs;
  }

  /** Takes new limits over; what was used under the old ones is forgotten. */
  void limits(ShareLimits now) {
    limits = now;
    throttled = false;
    tokensNs = now.burstSec() * 1e9;
    tokensAtNs = System.nanoTime();
  }
}
