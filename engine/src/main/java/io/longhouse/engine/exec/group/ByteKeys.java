package io.longhouse.engine.exec.group;

import io.longhouse.column.Capacity;
import io.longhouse.column.ValueBytes;
import java.util.Arrays;

/**
 * Byte strings in an arena, each once, with their hashes: what the tables over strings and over
 * rows of several keys share. Slots hold group + 1 beside 32 bits of the hash, so that a probe
 * looks at the arena only where a hit is near certain.
 */
final class ByteKeys {
  /** Keys looked up together at most. */
  static final int BATCH = 256;

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
  private void reserve(int count) {
    while ((size + count) * 2L > slots.length) {
      grow();
    }
  }

  private void grow() {
    slots = new long[Capacity.slots(slots.length, slots.length < 1 << 18 ? 4 : 2, Long.BYTES)];
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

  /** Room for the lookups of one batch; for one thread. */
  static final class Batch {
    final long[] hashes = new long[BATCH];
    final int[] places = new int[BATCH];
    final int[] candidates = new int[BATCH];
    long touched;
  }

  /**
   * Hashes keys {@code [from, from + n)}, key i from {@code starts[i]} to {@code starts[i + 1]},
   * and finds for each the first group whose hash is like its own. First all slots are read, then
   * the bytes of all those groups, so that the cache misses of a batch overlap.
   */
  private void candidates(byte[] bytes, int[] starts, int from, int n, Batch b) {
    long[] s = slots;
    int mask = s.length - 1;
    long sum = 0;
    for (int i = 0; i < n; i++) {
      int start = starts[from + i];
      long h = hash(bytes, start, starts[from + i + 1] - start);
      b.hashes[i] = h;
      int p = place(h, mask);
      b.places[i] = p;
      sum += s[p];
    }
    for (int i = 0; i < n; i++) {
      int tag = (int) b.hashes[i];
      int p = b.places[i];
      long v;
      while ((v = s[p]) != 0 && (int) (v >>> 32) != tag) {
        p = (p + 1) & mask;
      }
      b.places[i] = p;
      int g = (int) v - 1;
      b.candidates[i] = g;
      sum += g >= 0 ? ends[g] : 0;
    }
    for (int i = 0; i < n; i++) {
      int g = b.candidates[i];
      sum += g > 0 ? arena[ends[g - 1]] : 0;
    }
    b.touched += sum;
  }

  /** Writes the groups of a batch, new ones for new keys; see {@link #candidates}. */
  void groups(byte[] bytes, int[] starts, int from, int n, Batch b, int[] out) {
    reserve(n);
    candidates(bytes, starts, from, n, b);
    for (int i = 0; i < n; i++) {
      int start = starts[from + i];
      int length = starts[from + i + 1] - start;
      int g = b.candidates[i];
      out[from + i] =
          g >= 0 && isKey(g, bytes, start, length)
              ? g
              : findOrAdd(bytes, start, length, b.hashes[i], b.places[i]);
    }
  }

  /** Writes the groups of a batch, -1 for keys that are not there. */
  void find(byte[] bytes, int[] starts, int from, int n, Batch b, int[] out) {
    candidates(bytes, starts, from, n, b);
    for (int i = 0; i < n; i++) {
      int start = starts[from + i];
      int length = starts[from + i + 1] - start;
      int g = b.candidates[i];
      out[from + i] =
          g < 0 || isKey(g, bytes, start, length)
              ? g
              : find(bytes, start, length, b.hashes[i], b.places[i]);
    }
  }

  private boolean isKey(int g, byte[] bytes, int from, int length) {
    int start = startOf(g);
    return ends[g] - start == length
        && Arrays.equals(arena, start, ends[g], bytes, from, from + length);
  }

  /** The group of a key, or -1; looks from slot {@code p} on. */
  private int find(byte[] bytes, int from, int length, long hash, int p) {
    int mask = slots.length - 1;
    int tag = (int) hash;
    for (long s; (s = slots[p]) != 0; p = (p + 1) & mask) {
      if ((int) (s >>> 32) == tag && isKey((int) s - 1, bytes, from, length)) {
        return (int) s - 1;
      }
    }
    return -1;
  }

  /** The group of a key, a new one for a new key; looks from slot {@code p} on. */
  private int findOrAdd(byte[] bytes, int from, int length, long hash, int p) {
    int mask = slots.length - 1;
    int tag = (int) hash;
    for (long s; (s = slots[p]) != 0; p = (p + 1) & mask) {
      if ((int) (s >>> 32) == tag && isKey((int) s - 1, bytes, from, length)) {
        return (int) s - 1;
      }
    }
    slots[p] = slot(hash, size);
    return add(bytes, from, length, hash);
  }

  private int add(byte[] bytes, int from, int length, long hash) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, Capacity.grown(size, size + 1L, Integer.BYTES));
      hashes = Arrays.copyOf(hashes, Capacity.grown(size, size + 1L, Long.BYTES));
    }
    int start = size == 0 ? 0 : ends[size - 1];
    long end = (long) start + length;
    if (end > arena.length) {
      arena = Arrays.copyOf(arena, Capacity.grown(arena.length, end, 1));
    }
    System.arraycopy(bytes, from, arena, start, length);
    ends[size] = (int) end;
    hashes[size] = hash;
    return size++;
  }

  long retainedBytes() {
    return arena.length + 4L * ends.length + 8L * hashes.length + 8L * slots.length;
  }

  private static long hash(byte[] bytes, int from, int length) {
    return ValueBytes.hash(bytes, from, length);
  }
}
