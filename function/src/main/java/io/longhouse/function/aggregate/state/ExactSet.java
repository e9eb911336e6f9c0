package io.longhouse.function.aggregate.state;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * The different words of {@code uniqExact}. Up to 100,000 they lie as in ClickHouse's table, whose
 * order is the state's. Beyond that ClickHouse splits its table, the order of a state says nothing,
 * and the words go to a table whose order suits us.
 *
 * <pre>
 * state = VarUInt size, size * key (little-endian, of the key's width)
 * </pre>
 */
public final class ExactSet {
  private static final int FEW_MAX = 100_000;
  private static final int SIZE_MAX = 1 << 28;

  private final int keyBytes;
  private LongHashSet few = new LongHashSet(LongHashSet.Hash.CRC, 4);
  private @Nullable DistinctWords many;

  /**
   * @param keyBytes width of a word in states: 1, 2, 4 or 8
   */
  public ExactSet(int keyBytes) {
    this.keyBytes = keyBytes;
  }

  public int size() {
    DistinctWords m = many;
    return m == null ? few.size() : m.size();
  }

  public long bytes() {
    DistinctWords m = many;
    return m == null ? few.bytes() : m.bytes();
  }

  public void add(long word) {
    DistinctWords m = many;
    if (m != null) {
      m.add(word);
    } else if (few.add(word) && few.size() > FEW_MAX) {
      toMany();
    }
  }

  private DistinctWords toMany() {
    DistinctWords m = many;
    if (m == null) {
      m = keyBytes <= 4 ? new DistinctInts() : new DistinctLongs();
      m.addAll(few.keys(), 0, few.size());
      many = m;
      few = new LongHashSet(LongHashSet.Hash.CRC, 0);
    }
    return m;
  }

  /** Adds words {@code [from, to)}. */
  public void addAll(long[] words, int from, int to) {
    int at = from;
    for (; at < to && many == null; at++) {
      add(words[at]);
    }
    DistinctWords m = many;
    if (m != null) {
      m.addAll(words, at, to);
    }
  }

  /** Adds the words of another set of the same width. */
  public void addAll(ExactSet other) {
    DistinctWords from = other.many;
    if (from != null) {
      toMany().addAll(from);
    } else if (many != null) {
      addAll(other.few.keys(), 0, other.few.size());
    } else {
      few.addAll(other.few);
      if (few.size() > FEW_MAX) {
        toMany();
      }
    }
  }

  public void write(ByteWriter out) {
    DistinctWords m = many;
    if (m == null) {
      few.write(keyBytes, out);
    } else {
      out.writeVarUInt(m.size());
      m.write(out);
    }
  }

  /** Reads a state into a set that is empty. */
  public void read(ByteReader in) {
    int count = in.readLength(SIZE_MAX, "hash table");
    if (count <= FEW_MAX) {
      few.reserve(count);
    } else {
      toMany().reserve(count);
    }
    for (int i = 0; i < count; i++) {
      add(Values.read(keyBytes, in));
    }
  }
}
