package io.longhouse.cluster.connection;

/**
 * How often a server could not be reached lately. The count halves with each half-life; it is
 * bounded by a cap, so that a server that was away for long is not forgotten for longer. Safe for
 * many threads.
 */
public final class ReplicaErrors {
  private static final long HALF_LIFE_SEC = 60;

  private long errors;
  private long slowdowns;
  private long decayedNs = System.nanoTime();

  /** One more failure. */
  synchronized void failed(long halfLifeSec, long cap) {
    decay(halfLifeSec);
    errors = Math.min(cap, errors + 1);
  }

  /** The server was slower than another replica was asked for it. */
  synchronized void slow(long halfLifeSec) {
    decay(halfLifeSec);
    slowdowns++;
  }

  public synchronized long errors(long halfLifeSec) {
    decay(halfLifeSec);
    return errors;
  }

  public synchronized long slowdowns(long halfLifeSec) {
    decay(halfLifeSec);
    return slowdowns;
  }

  /** In how many seconds nothing is left of the errors. */
  public synchronized long recoverySec(long halfLifeSec) {
    decay(halfLifeSec);
    if (errors == 0) {
      return 0;
    }
    long halvings = Long.SIZE - Long.numberOfLeadingZeros(errors);
    long passed = (System.nanoTime() - decayedNs) / 1_000_000_000L;
    return Math.max(0, halvings * halfLifeSec - passed);
  }

  /** Whether nothing is left to remember, with the usual half-life. */
  synchronized boolean isForgotten() {
    long lives = (System.nanoTime() - decayedNs) / (HALF_LIFE_SEC * 1_000_000_000L);
    return lives > 0 && (lives >= Long.SIZE || (errors | slowdowns) >> lives == 0);
  }

  private void decay(long halfLifeSec) {
    long now = System.nanoTime();
    if (errors == 0 && slowdowns == 0) {
      decayedNs = now;
      return;
    }
    long lifeNs = halfLifeSec * 1_000_000_000L;
    long lives = lifeNs <= 0 ? Long.SIZE : (now - decayedNs) / lifeNs;
    if (lives > 0) {
      errors = lives >= Long.SIZE ? 0 : errors >> lives;
      slowdowns = lives >= Long.SIZE ? 0 : slowdowns >> lives;
      decayedNs += lifeNs <= 0 ? 0 : lives * lifeNs;
    }
  }
}
