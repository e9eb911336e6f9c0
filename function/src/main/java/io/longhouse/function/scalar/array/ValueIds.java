package io.longhouse.function.scalar.array;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.ValueBytes;
import io.longhouse.column.type.Numbers;
import java.util.Arrays;

/**
 * Numbers values so that equal ones have equal numbers, in order of first appearance. What then
 * asks for equal elements within one array works on these numbers with arrays indexed by them.
 *
 * @param ids the number of each value
 * @param distinct how many numbers there are
 */
public record ValueIds(int[] ids, int distinct) {

  /** Numbers the values of several columns of one type as if they stood behind each other. */
  public static ValueIds of(Column... columns) {
    int total = 0;
    for (Column c : columns) {
      total = Math.addExact(total, c.size());
    }
    boolean anyNullable = false;
    for (Column c : columns) {
      anyNullable |= c.plain() instanceof NullableColumn;
    }
    if (!anyNullable) {
      return ofPlain(columns, total);
    }
    Column[] values = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      Column p = columns[i].plain();
      values[i] = p instanceof NullableColumn n ? n.values() : p;
    }
    ValueIds inside = ofPlain(values, total);
    int at = 0;
    for (Column c : columns) {
      if (c.plain() instanceof NullableColumn n) {
        for (int i = 0; i < n.size(); i++) {
          if (n.nulls()[i] != 0) {
            inside.ids[at + i] = inside.distinct;
          }
        }
      }
      at += c.size();
    }
    return new ValueIds(inside.ids, inside.distinct + 1);
  }

  private static ValueIds ofPlain(Column[] columns, int total) {
    long[] words = new long[total];
    int at = 0;
    for (Column c : columns) {
      if (!toWords(c.plain(), words, at)) {
        return ofBytes(columns, total);
      }
      at += c.size();
    }
    return ofWords(words, total);
  }

  private static boolean toWords(Column c, long[] out, int at) {
    switch (c) {
      case Int8Column _, Int16Column _, Int32Column _, Int64Column _ -> {
        long[] v = new long[c.size()];
        Numbers.toLongs(c, 0, c.size(), true, v);
        System.arraycopy(v, 0, out, at, v.length);
      }
      case Float64Column f -> {
        for (int i = 0; i < f.size(); i++) {
          out[at + i] = Double.doubleToLongBits(f.values()[i] + 0.0);
        }
      }
      case Float32Column f -> {
        for (int i = 0; i < f.size(); i++) {
          out[at + i] = Double.doubleToLongBits(f.values()[i] + 0.0);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Numbers 64-bit words. */
  public static ValueIds ofWords(long[] words, int count) {
    int[] ids = new int[count];
    int[] slots = new int[tableSize(count)];
    Arrays.fill(slots, -1);
    int[] firsts = new int[count];
    int mask = slots.length - 1;
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      int s = (int) ValueBytes.mix(words[i]) & mask;
      int id;
      while ((id = slots[s]) >= 0 && words[firsts[id]] != words[i]) {
        s = (s + 1) & mask;
      }
      if (id < 0) {
        id = distinct++;
        slots[s] = id;
        firsts[id] = i;
      }
      ids[i] = id;
    }
    return new ValueIds(ids, distinct);
  }

  private static ValueIds ofBytes(Column[] columns, int total) {
    var arena = new ByteWriter(64);
    int[] starts = new int[total + 1];
    int at = 0;
    for (Column c : columns) {
      Column p = c.plain();
      for (int i = 0; i < p.size(); i++) {
        ValueBytes.write(p, i, arena);
        starts[++at] = arena.position();
      }
    }
    byte[] b = arena.buffer();
    int[] ids = new int[total];
    int[] slots = new int[tableSize(total)];
    Arrays.fill(slots, -1);
    int[] firsts = new int[total];
    int mask = slots.length - 1;
    int distinct = 0;
    for (int i = 0; i < total; i++) {
      int length = starts[i + 1] - starts[i];
      int s = (int) ValueBytes.hash(b, starts[i], length) & mask;
      int id;
      while ((id = slots[s]) >= 0
          && !Arrays.equals(
              b, starts[firsts[id]], starts[firsts[id] + 1], b, starts[i], starts[i + 1])) {
        s = (s + 1) & mask;
      }
      if (id < 0) {
        id = distinct++;
        slots[s] = id;
        firsts[id] = i;
      }
      ids[i] = id;
    }
    return new ValueIds(ids, distinct);
  }

  private static int tableSize(int count) {
    return Math.max(16, Integer.highestOneBit(Math.max(1, count)) * 4);
  }

  /** Numbers pairs of numbers, for arrays that stand side by side. */
  public ValueIds paired(ValueIds other) {
    long[] words = new long[ids.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = (long) ids[i] << 32 | other.ids[i];
    }
    return ofWords(words, words.length);
  }
}
