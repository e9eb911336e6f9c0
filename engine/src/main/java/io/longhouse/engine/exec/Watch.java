package io.longhouse.engine.exec;

/**
 * The thread that looks at the clock for the others: gives a place to somebody else beside a step
 * that takes too long, and ends the throttling of shares. It sleeps while there is neither; what
 * gives it something to do signals {@link Places#pressure}.
 *
 * <p>It has the lock of {@link Places} except while it sleeps.
 */
final class Watch implements Runnable {
  private static final long LOOK_AGAIN_NS = 200_000;

  private final Places places;

  Watch(Places places) {
    this.places = places;
  }

  @Override
  public void run() {
    places.lock.lock();
    try {
      while (!places.isClosed() || places.tree.isReady()) {
        long now = System.nanoTime();
        long waitNs = endThrottling(now);
        if (places.tree.isReady() && !places.isFree()) {
          waitNs = Math.min(waitNs, replaceOverdue(now));
        }
        if (waitNs == Long.MAX_VALUE) {
          places.pressure.await();
        } else {
          places.pressure.awaitNanos(Math.max(waitNs, LOOK_AGAIN_NS));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.lock.unlock();
    }
  }

  /** Answers after how long the next one ends. */
  private long endThrottling(long now) {
    ShareTree tree = places.tree;
    for (Share s = tree.firstThrottled(); s != null; s = tree.firstThrottled()) {
      if (s.throttledUntilNs > now) {
        return s.throttledUntilNs - now;
      }
      tree.release(s);
      places.dispatch();
    }
    return Long.MAX_VALUE;
  }

  /** Answers when to look again. */
  private long replaceOverdue(long now) {
    Share next = places.tree.firstLeaf();
    long quantumNs = places.quantumNs;
    long soonest = quantumNs;
    if (!places.mayReplace()) {
      return soonest;
    }
    for (Hold h : places.holds) {
      if (h.overdue) {
        continue;
      }
      long age = now - h.startNs;
      if (h.isOver(age, quantumNs, h.leaf().parent != next.parent)) {
        places.replace(h);
        return LOOK_AGAIN_NS;
      }
      soonest = Math.min(soonest, Math.max(quantumNs / 4, quantumNs - age));
    }
    return soonest;
  }
}
