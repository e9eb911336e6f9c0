package io.longhouse.engine.exec;

/**
 * How a share stands among its siblings and what it may use at most.
 *
 * @param weight its part of what siblings of the same priority share; more than 0
 * @param priority siblings of a lower number go first
 * @param threadsMax threads that may work for it at once
 * @param cpusMax processors' time per time, in the long run; 0 for no limit
 * @param burstSec processor time that may be used at once beyond {@code cpusMax}
 */
public record ShareLimits(
    double weight, long priority, int threadsMax, double cpusMax, double burstSec) {
  public static final ShareLimits NONE = new ShareLimits(1, 0, Integer.MAX_VALUE, 0, 0);

  public ShareLimits {
    if (!(weight > 0) || threadsMax < 1 || cpusMax < 0 || burstSec < 0) {
      throw new IllegalArgumentException("limits of a share");
    }
  }
}
