package io.longhouse.engine.plan;

/**
 * A window's frame. Offsets count rows (or values, for RANGE) before the current row when negative;
 * {@code Long.MIN_VALUE} and {@code Long.MAX_VALUE} are unbounded.
 */
public record WindowFrame(Unit unit, long begin, long end) {
  /** What an offset counts. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** From the partition's first row to the last peer of the current one. */
  public static final WindowFrame UP_TO_CURRENT = new WindowFrame(Unit.RANGE, Long.MIN_VALUE, 0);

  public static final WindowFrame WHOLE =
      new WindowFrame(Unit.RANGE, Long.MIN_VALUE, Long.MAX_VALUE);
}
