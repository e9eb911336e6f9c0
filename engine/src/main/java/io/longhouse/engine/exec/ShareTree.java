package io.longhouse.engine.exec;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The tree of {@link Share}s: whose turn it is, and what everybody from a query up to the root is
 * charged.
 *
 * <p>Guarded by the lock of {@link Places}. When a method returns, each share is among its parent's
 * {@link ReadyShares} exactly if it may begin something, and counts as active there exactly if it
 * has work or is worked for; {@link #throttled} has each share that is throttled.
 */
final class ShareTree {
  /**
   * What a step waits, for files or because the machine is busy, counts no more than that: others
   * get its place if it takes long.
   */
  private static final long WAIT_NS_MAX = 500_000;

  final Share root = new Share(null, "", ShareLimits.NONE, null);

  /** Whose throttling ends first is first. */
  private final PriorityQueue<Share> throttled =
      new PriorityQueue<>(Comparator.comparingLong(s -> s.throttledUntilNs));

  boolean isReady() {
    return root.isReady();
  }

  /** Whose turn it is; there has to be one that is ready. */
  Share firstLeaf() {
    Share s = root;
    while (s.ready == null) {
      s = s.children.first();
    }
    return s;
  }

  /** Takes the work whose turn it is out of its queue, for the hold. */
  void pick(Hold hold) {
    Share leaf = root;
    while (leaf.ready == null) {
      leaf = leaf.children.serve();
    }
    leaf.ready.remove();
    hold.leaf = leaf;
    hold.startNs = System.nanoTime();
    leaf.waited(hold.startNs);
    hold.expectedNs = leaf.stepNs;
    hold.overdue = false;
    hold.uncountedNs = 0;
    for (Share p = leaf; p != null; p = p.parent) {
      p.running++;
      p.time += hold.expectedNs / p.limits.weight();
      place(p);
    }
  }

  /**
   * A step has ended: what it was charged beforehand becomes what it took.
   *
   * @return whether a share is throttled for it
   */
  boolean settle(Hold hold, long cpuNs) {
    Share leaf = hold.leaf();
    long now = System.nanoTime();
    long wall = Math.max(0, now - hold.startNs - hold.uncountedNs);
    long ns = Math.min(wall, cpuNs + WAIT_NS_MAX);
    boolean anyThrottled = false;
    leaf.stepNs += (ns - leaf.stepNs) / 4;
    for (Share p = leaf; p != null; p = p.parent) {
      if (p.parent != null) {
        p.parent.children.spent(p, ns);
      }
      p.running--;
      p.steps++;
      p.time += (ns - hold.expectedNs) / p.limits.weight();
      p.usedNs += ns;
      p.cpuNs += cpuNs;
      boolean was = p.throttled;
      p.spend(ns, now);
      if (p.throttled && !was) {
        throttled.add(p);
        anyThrottled = true;
      }
      if (p.running == 0 && !p.isReady()) {
        p.busyPeriods++;
      }
      place(p);
    }
    hold.leaf = null;
    return anyThrottled;
  }

  /** Has a share and those above it stand back for time that was spent for it elsewhere. */
  void owe(Share share, long ns) {
    for (Share p = share; p != null; p = p.parent) {
      p.time += ns / p.limits.weight();
      p.usedNs += ns;
      place(p);
    }
  }

  /**
   * Gives a share other limits.
   *
   * @return whether that changes anything
   */
  boolean configure(Share share, ShareLimits limits) {
    Share parent = share.parent;
    if (parent == null || share.limits.equals(limits)) {
      return false;
    }
    parent.children.remove(share);
    throttled.remove(share);
    if (share.active) {
      share.active = false;
      parent.children.activate(share, false);
    }
    share.limits(limits);
    placePath(share);
    return true;
  }

  /** The share whose throttling ends first. */
  @Nullable Share firstThrottled() {
    return throttled.peek();
  }

  /** That share may be worked for again. */
  void release(Share first) {
    throttled.remove(first);
    first.throttled = false;
    placePath(first);
  }

  /** A leaf's queue has changed. */
  void placePath(Share leaf) {
    for (Share p = leaf; p != null; p = p.parent) {
      place(p);
    }
  }

  /** Puts a share where it belongs among its siblings, or takes it away from there. */
  private static void place(Share s) {
    Share parent = s.parent;
    if (parent == null) {
      return;
    }
    boolean active = s.running > 0 || s.isReady();
    boolean worked = s.active;
    if (active != worked) {
      s.active = active;
      parent.children.activate(s, active);
    }
    boolean wanted = s.mayBegin();
    if (wanted && s.place >= 0) {
      ReadyShares.moved(s);
    } else if (wanted) {
      parent.children.add(s, worked);
    } else if (s.place >= 0) {
      parent.children.remove(s);
    }
  }
}
