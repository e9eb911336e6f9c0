package io.longhouse.engine.meter;

/**
 * A rate: so many units a second on average, a second's worth at once. Who takes more than there is
 * owes the rest, and the next one waits until that is paid. Safe for many threads.
 *
 * <p>Invariant: within any time the units taken are at most the rate times that time, a second's
 * worth, and what the last one took.
 */
final class RateBucket {
  private static final double NS_PER_SECOND = 1e9;

  private long perSecond;
  private double units;
  private long countedNs;

  RateBucket(long perSecond, long nowNs) {
    this.perSecond = perSecond;
    this.units = perSecond;
    this.countedNs = nowNs;
  }

  synchronized void rate(long altered) {
    perSecond = altered;
  }

  private void refill(long nowNs) {
    units = Math.min(perSecond, units + (nowNs - countedNs) * (perSecond / NS_PER_SECOND));
    countedNs = nowNs;
  }

  /** How long one would have to wait now. */
  synchronized long waitNs(long nowNs) {
    refill(nowNs);
    return wait(units);
  }

  private long wait(double left) {
    return left >= 0 ? 0 : (long) Math.ceil(-left / perSecond * NS_PER_SECOND);
  }

  /** Takes units, whatever there is. */
  synchronized void take(long amount, long nowNs) {
    refill(nowNs);
    units -= amount;
  }

  /** Whether nothing is owed and nothing was taken within the last second. */
  synchronized boolean isFull(long nowNs) {
    refill(nowNs);
    return units >= perSecond;
  }
}
