package io.longhouse.column;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * How arrays grow: at least to twice their size, never past what an array can be, and announced to
 * the memory tracker of the thread before they are allocated.
 */
public final class Capacity {
  /** The most elements that every JVM gives an array. */
  public static final int MAX = Integer.MAX_VALUE - 8;

  private Capacity() {}

  /**
   * The capacity for at least {@code needed} elements.
   *
   * @param capacity elements that there is room for now
   * @param elementBytes bytes of an element
   * @throws LonghouseException TOO_LARGE_ARRAY_SIZE (128), MEMORY_LIMIT_EXCEEDED (241)
   */
  public static int grown(int capacity, long needed, int elementBytes) {
    if (needed > MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE,
          "One piece of memory of a query cannot have " + needed + " elements, maximum: " + MAX);
    }
    int next = (int) Math.min(MAX, Math.max(needed, 2L * capacity));
    MemoryTracker.growing((long) capacity * elementBytes, (long) next * elementBytes);
    return next;
  }

  /**
   * The number of slots of a hash table after it has grown by a factor.
   *
   * @throws LonghouseException TOO_LARGE_ARRAY_SIZE (128), MEMORY_LIMIT_EXCEEDED (241)
   */
  public static int slots(int slots, int factor, int slotBytes) {
    long next = (long) slots * factor;
    if (next > 1 << 30) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE,
          "A hash table cannot have " + next + " slots, maximum: " + (1 << 30));
    }
    MemoryTracker.growing((long) slots * slotBytes, next * slotBytes);
    return (int) next;
  }
}
