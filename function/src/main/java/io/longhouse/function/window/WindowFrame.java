package io.longhouse.function.window;

/**
 * A window's frame, from {@code begin} to {@code end}, both included. Offsets count rows, groups of
 * peers, or for RANGE units of the one order key (days of Date, seconds of DateTime); before the
 * current row they are negative, 0 is the current row (its peers, unless rows are counted), {@code
 * Long.MIN_VALUE} and {@code Long.MAX_VALUE} are unbounded.
 */
public record WindowFrame(Unit unit, long begin, long end) {
  /** What an offset counts. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** From the partition's first row to the last peer of the current one: when nothing is said. */
  public static final WindowFrame UP_TO_CURRENT = new WindowFrame(Unit.RANGE, Long.MIN_VALUE, 0);

  public static final WindowFrame WHOLE =
      new WindowFrame(Unit.RANGE, Long.MIN_VALUE, Long.MAX_VALUE);

  public boolean isWhole() {
    return begin == Long.MIN_VALUE && end == Long.MAX_VALUE;
  }
}
