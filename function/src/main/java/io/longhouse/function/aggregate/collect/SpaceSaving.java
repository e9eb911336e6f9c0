package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.CrcHash;
import io.longhouse.function.aggregate.state.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The most frequent keys of a stream in limited space: as many counters as are reserved, sorted by
 * count; a key that finds no room waits in a small table of hashes until it has come often enough
 * to displace the last.
 *
 * <pre>
 * state = VarUInt size, size * (key, VarUInt count, VarUInt error),
 *         VarUInt slots of the waiting table, slots * VarUInt count
 * key   = little-endian bytes | VarUInt length, bytes
 * </pre>
 */
final class SpaceSaving {
  /** A key with its count and the most that it may be too high. */
  static final class Counter {
    final long word;
    final byte[] bytes;
    final long hash;
    long count;
    long error;
    int place;

    Counter(long word, byte[] bytes, long hash, long count, long error) {
      this.word = word;
      this.bytes = bytes;
      this.hash = hash;
      this.count = count;
      this.error = error;
    }

    boolean before(Counter other) {
      return count > other.count || count == other.count && error < other.error;
    }
  }

  private static final byte[] NONE = {};
  private static final int SLOTS_PER_COUNTER = 6;

  private final int capacity;
  private final int keyBytes;
  private final java.util.HashMap<Object, Counter> byKey = new java.util.HashMap<>();
  private final ArrayList<Counter> list = new ArrayList<>();
  private long[] waiting = new long[0];
  private long keyHeap;

  /**
   * @param keyBytes of keys that are words, 0 for keys of bytes
   */
  SpaceSaving(int capacity, int keyBytes) {
    this.capacity = capacity;
    this.keyBytes = keyBytes;
  }

  long bytes() {
    return 8L * waiting.length + 120L * list.size() + keyHeap + 100;
  }

  void add(long word, long increment, long error) {
    Counter c = byKey.get(word);
    if (c != null) {
      increase(c, increment, error);
    } else {
      insert(word, NONE, CrcHash.hash(word), increment, error);
    }
  }

  void add(byte[] source, int from, int length, long increment, long error) {
    byte[] key = Arrays.copyOfRange(source, from, from + length);
    Counter c = byKey.get(java.nio.ByteBuffer.wrap(key));
    if (c != null) {
      increase(c, increment, error);
    } else {
      insert(0, key, CrcHash.hash(key, 0, length), increment, error);
    }
  }

  private void increase(Counter c, long increment, long error) {
    c.count += increment;
    c.error += error;
    percolate(c);
  }

  private Object key(Counter c) {
    return keyBytes > 0 ? (Object) c.word : java.nio.ByteBuffer.wrap(c.bytes);
  }

  /** The waiting table is there from the first key on. */
  private void allocate() {
    if (waiting.length == 0) {
      waiting = new long[1 << 64 - Long.numberOfLeadingZeros((long) capacity * SLOTS_PER_COUNTER)];
    }
  }

  private void insert(long word, byte[] key, long hash, long increment, long error) {
    allocate();
    if (list.size() < capacity) {
      push(new Counter(word, key, hash, increment, error));
      return;
    }
    Counter least = list.get(list.size() - 1);
    if (Long.compareUnsigned(increment, least.count) > 0) {
      removeLast();
      push(new Counter(word, key, hash, increment, error));
      return;
    }
    int mask = waiting.length - 1;
    int slot = (int) hash & mask;
    if (Long.compareUnsigned(waiting[slot] + increment, least.count) < 0) {
      waiting[slot] += increment;
      return;
    }
    waiting[(int) least.hash & mask] = least.count;
    removeLast();
    push(new Counter(word, key, hash, waiting[slot] + increment, waiting[slot] + error));
  }

  private void push(Counter c) {
    c.place = list.size();
    list.add(c);
    byKey.put(key(c), c);
    keyHeap += c.bytes.length;
    percolate(c);
  }

  private void removeLast() {
    Counter last = list.remove(list.size() - 1);
    byKey.remove(key(last));
    keyHeap -= last.bytes.length;
  }

  private void percolate(Counter c) {
    while (c.place > 0) {
      Counter above = list.get(c.place - 1);
      if (!c.before(above)) {
        break;
      }
      list.set(c.place, above);
      list.set(c.place - 1, c);
      above.place = c.place--;
    }
  }

  void merge(SpaceSaving other) {
    allocate();
    long m1 = list.size() == capacity ? list.get(capacity - 1).count : 0;
    long m2 = other.list.size() == other.capacity ? other.list.get(other.capacity - 1).count : 0;
    if (m2 > 0) {
      for (Counter c : list) {
        c.count += m2;
        c.error += m2;
      }
    }
    for (int i = other.list.size() - 1; i >= 0; i--) {
      Counter o = other.list.get(i);
      Counter c = byKey.get(key(o));
      if (c != null) {
        c.count += o.count - m2;
        c.error += o.error - m2;
      } else {
        Counter added = new Counter(o.word, o.bytes, o.hash, o.count + m1, o.error + m1);
        list.add(added);
        keyHeap += added.bytes.length;
      }
    }
    list.sort((a, b) -> a.before(b) ? -1 : b.before(a) ? 1 : 0);
    while (list.size() > capacity) {
      keyHeap -= list.remove(list.size() - 1).bytes.length;
    }
    byKey.clear();
    for (int i = 0; i < list.size(); i++) {
      Counter c = list.get(i);
      c.place = i;
      byKey.put(key(c), c);
    }
  }

  /** The first {@code k} counters. */
  List<Counter> top(int k) {
    return list.subList(0, Math.min(k, list.size()));
  }

  void write(ByteWriter out) {
    out.writeVarUInt(list.size());
    for (Counter c : list) {
      if (keyBytes > 0) {
        Values.write(c.word, keyBytes, out);
      } else {
        out.writeVarUInt(c.bytes.length);
        out.writeBytes(c.bytes);
      }
      out.writeVarUInt(c.count);
      out.writeVarUInt(c.error);
    }
    out.writeVarUInt(waiting.length);
    for (long w : waiting) {
      out.writeVarUInt(w);
    }
  }

  void read(ByteReader in) {
    int size = in.readLength(1 << 25, "counters");
    for (int i = 0; i < size; i++) {
      long word = keyBytes > 0 ? Values.read(keyBytes, in) : 0;
      byte[] key = keyBytes > 0 ? NONE : in.readString(1 << 30);
      long hash = keyBytes > 0 ? CrcHash.hash(word) : CrcHash.hash(key, 0, key.length);
      push(new Counter(word, key, hash, in.readVarUInt(), in.readVarUInt()));
    }
    waiting = new long[in.readLength(1 << 27, "counters")];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = in.readVarUInt();
    }
  }
}
