package io.longhouse.engine.exec.group;

import io.longhouse.column.ValueBytes;
import java.util.Arrays;

/**
 * Byte strings in an arena, each once, with their hashes: what the tables over strings and over
 * rows of several keys share. Slots hold group + 1 beside 32 bits of the hash, so that a probe
 * looks at the arena only where a hit is near certain.
 */
final class ByteKeys {
  private byte[] arena = new byte[1 << 12];
  private int[] ends = new int[1 << 9];
  private long[] hashes = new long[1 << 9];
  private long[] slots = new long[1 << 10];
  private int size;

  int size() {
    return size;
  }

  long hashOf(int group) {
    return hashes[group];
  }

  byte[] arena() {
    return arena;
  }

  int startOf(int group) {
    return group == 0 ? 0 : ends[group - 1];
  }

  int endOf(int group) {
    return ends[group];
  }

  /** Makes room for {@code count} new keys, so that probing needs no check. */
  void reserve(int count) {
    while ((size + count) * 2L > slots.length) {
      grow();
    }
  }

  private void grow() {
    slots = new long[slots.length * 4];
    int mask = slots.length - 1;
    for (int g = 0; g < size; g++) {
      int p = place(hashes[g], mask);
      while (slots[p] != 0) {
        p = (p + 1) & mask;
      }
      slots[p] = slot(hashes[g], g);
    }
  }

  private static int place(long hash, int mask) {
    return (int) (hash >>> 20) & mask;
  }

  private static long slot(long hash, int group) {
    return hash << 32 | group + 1;
  }

  /** Reads the slot of a hash, so that a later {@link #find} finds its line in the cache. */
  long touch(long hash) {
    return slots[place(hash, slots.length - 1)];
  }

  /** The group of a key, or -1. */
  int find(byte[] bytes, int from, int length, long hash) {
    int mask = slots.length - 1;
    int p = place(hash, mask);
    int tag = (int) hash;
    for (long s; (s = slots[p]) != 0; p = (p + 1) & mask) {
      if ((int) (s >>> 32) == tag) {
        int g = (int) s - 1;
        int start = startOf(g);
        if (ends[g] - start == length
            && Arrays.equals(arena, start, ends[g], bytes, from, from + length)) {
          return g;
        }
      }
    }
    return -1;
  }

  /** The group of a key, a new one for a new key. */
  int findOrAdd(byte[] bytes, int from, int length, long hash) {
    int mask = slots.length - 1;
    int p = place(hash, mask);
    int tag = (int) hash;
    for (long s; (s = slots[p]) != 0; p = (p + 1) & mask) {
      if ((int) (s >>> 32) == tag) {
        int g = (int) s - 1;
        int start = startOf(g);
        if (ends[g] - start == length
            && Arrays.equals(arena, start, ends[g], bytes, from, from + length)) {
          return g;
        }
      }
    }
    slots[p] = slot(hash, size);
    return add(bytes, from, length, hash);
  }

  private int add(byte[] bytes, int from, int length, long hash) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, length);
    if (end > arena.length) {
      arena =
          Arrays.copyOf(
              arena, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, arena.length * 2L)));
    }
    System.arraycopy(bytes, from, arena, start, length);
    ends[size] = end;
    hashes[size] = hash;
    return size++;
  }

  long retainedBytes() {
    return arena.length + 4L * ends.length + 8L * hashes.length + 8L * slots.length;
  }

  static long hash(byte[] bytes, int from, int length) {
    return ValueBytes.hash(bytes, from, length);
  }
}
