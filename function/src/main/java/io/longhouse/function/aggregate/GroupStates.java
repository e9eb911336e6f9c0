package io.longhouse.function.aggregate;

import io.longhouse.column.Capacity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of many groups for all functions of one aggregation. The words of group g begin at
 * {@code g * stride}. For one thread at a time.
 */
public final class GroupStates {
  private final int stride;
  private long[] words;
  private @Nullable Object[][] objects;
  private int groups;
  private long objectBytes;

  /**
   * @param stride words of one group, all functions together
   * @param objectSlots how many functions keep an object for a group
   */
  public GroupStates(int stride, int objectSlots, int capacity) {
    this.stride = stride;
    this.words = new long[Math.multiplyExact(Math.max(1, capacity), stride)];
    this.objects = new Object[objectSlots][Math.max(1, capacity)];
  }

  /** States of one function alone. */
  public static GroupStates of(AggregateFunction f, int groups) {
    var states = new GroupStates(f.stateWords(), f.stateObjects(), groups);
    states.ensure(groups);
    return states;
  }

  public int groups() {
    return groups;
  }

  public int stride() {
    return stride;
  }

  /** All words; {@link #ensure} may replace the array. */
  public long[] words() {
    return words;
  }

  /** The objects of one slot by group; {@link #ensure} may replace the array. */
  public @Nullable Object[] objects(int slot) {
    return objects[slot];
  }

  /** Makes groups {@code 0 .. count - 1} exist, new ones empty. */
  public void ensure(int count) {
    if (count <= groups) {
      return;
    }
    if ((long) count * stride > words.length) {
      words = Arrays.copyOf(words, Capacity.grown(words.length, (long) count * stride, Long.BYTES));
    }
    for (int s = 0; s < objects.length; s++) {
      if (count > objects[s].length) {
        objects[s] =
            Arrays.copyOf(objects[s], Capacity.grown(objects[s].length, count, Integer.BYTES));
      }
    }
    groups = count;
  }

  /** Empties all groups and keeps the arrays. */
  public void clear() {
    Arrays.fill(words, 0, Math.min(words.length, groups * stride), 0);
    for (Object[] o : objects) {
      Arrays.fill(o, 0, groups, null);
    }
    objectBytes = 0;
  }

  /** Functions whose states grow say by how many bytes, so that memory limits see them. */
  public void addObjectBytes(long bytes) {
    objectBytes += bytes;
  }

  public long retainedBytes() {
    long sum = 8L * words.length + objectBytes;
    for (Object[] o : objects) {
      sum += 8L * o.length;
    }
    return sum;
  }
}
