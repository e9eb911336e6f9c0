package io.longhouse.function.aggregate.quantile;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.IntHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Times in milliseconds up to 30 seconds: a list of the first ones, then a histogram with steps of
 * 1 below 1024 and of 16 above.
 *
 * <pre>
 * state  = UInt8 1, UInt16 n, n * UInt16 | UInt8 2, UInt64 n, n * UInt16 | UInt8 3, UInt64 n, sparse | dense
 * sparse = (UInt16 cell, UInt64 count)*, UInt16 30000     when n * 2 is at most the number of cells
 * dense  = UInt64 count of each cell
 * </pre>
 */
final class Timings {
  private static final int TINY_MAX = 31;
  private static final int TIME_MAX = 30000;
  private static final int SMALL = 1024;
  private static final int STEP = 16;
  private static final int CELLS = SMALL + (TIME_MAX - SMALL) / STEP;

  /** Half of what the histogram takes: a longer list is not worth its bytes. */
  private static final int MEDIUM_BYTES_MAX = (CELLS * 8 + 8) / 2;

  private short[] list = new short[TINY_MAX];
  private int size;
  private boolean medium;
  private long @Nullable [] cells;
  private long total;

  long bytes() {
    return 2L * list.length + (cells == null ? 0 : 8L * CELLS) + 80;
  }

  void add(long time) {
    long[] c = cells;
    if (c != null) {
      count(c, time, 1);
      return;
    }
    if (size == TINY_MAX && !medium) {
      medium = true;
    }
    if (medium && size * 2 >= MEDIUM_BYTES_MAX) {
      count(toLarge(), time, 1);
      return;
    }
    if (size == list.length) {
      list = Arrays.copyOf(list, size * 2);
    }
    list[size++] = (short) Math.min(time, TIME_MAX);
  }

  void add(long time, long weight) {
    long[] c = cells;
    if (c == null
        && weight < TINY_MAX
        && weight >= 0
        && (medium ? size + weight < 2 * SMALL : size + weight <= TINY_MAX)) {
      for (long i = 0; i < weight; i++) {
        add(time);
      }
      return;
    }
    count(c == null ? toLarge() : c, time, weight);
  }

  private void count(long[] c, long time, long weight) {
    total += weight;
    if (time < SMALL) {
      c[(int) time] += weight;
    } else if (time < TIME_MAX) {
      c[SMALL + (int) (time - SMALL) / STEP] += weight;
    }
  }

  private long[] toLarge() {
    long[] c = new long[CELLS];
    cells = c;
    for (int i = 0; i < size; i++) {
      count(c, list[i] & 0xFFFF, 1);
    }
    list = new short[0];
    size = 0;
    return c;
  }

  void merge(Timings other) {
    long[] theirs = other.cells;
    if (theirs != null) {
      long[] own = cells == null ? toLarge() : cells;
      for (int i = 0; i < CELLS; i++) {
        own[i] += theirs[i];
      }
      total += other.total;
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.list[i] & 0xFFFF);
    }
    medium |= other.medium && cells == null;
  }

  float quantile(double level) {
    long[] c = cells;
    if (c == null) {
      if (size == 0) {
        return Float.NaN;
      }
      int[] sorted = new int[size];
      for (int i = 0; i < size; i++) {
        sorted[i] = list[i] & 0xFFFF;
      }
      Arrays.sort(sorted);
      return sorted[level < 1 ? (int) (level * size) : size - 1];
    }
    if (total == 0) {
      return Float.NaN;
    }
    double wanted = Math.ceil(total * level);
    double accumulated = 0;
    for (int i = 0; i < CELLS; i++) {
      if (c[i] != 0) {
        accumulated += c[i];
        if (accumulated >= wanted) {
          return time(i);
        }
      }
    }
    return TIME_MAX;
  }

  /** The time that a cell stands for; above 1024 one within its step that is not always even. */
  private static int time(int cell) {
    if (cell < SMALL) {
      return cell;
    }
    int i = cell - SMALL;
    return i * STEP + SMALL + (int) (IntHash.mix32(i, 0) % STEP) - STEP / 2;
  }

  void write(ByteWriter out) {
    long[] c = cells;
    if (c == null) {
      out.writeByte(medium ? 2 : 1);
      if (medium) {
        out.writeLong(size);
      } else {
        out.writeShort(size);
      }
      for (int i = 0; i < size; i++) {
        out.writeShort(list[i]);
      }
      return;
    }
    out.writeByte(3);
    out.writeLong(total);
    if (total * 2 > CELLS) {
      for (long count : c) {
        out.writeLong(count);
      }
      return;
    }
    for (int i = 0; i < CELLS; i++) {
      if (c[i] != 0) {
        out.writeShort(i);
        out.writeLong(c[i]);
      }
    }
    out.writeShort(TIME_MAX);
  }

  void read(ByteReader in) {
    int kind = in.readByte();
    if (kind != 3) {
      medium = kind == 2;
      long n = medium ? in.readLong() : in.readShort() & 0xFFFF;
      if (n < 0 || n > 1 << 20) {
        throw new LonghouseException(ErrorCode.INCORRECT_DATA, "Too many times: " + n);
      }
      size = (int) n;
      list = new short[Math.max(TINY_MAX, size)];
      for (int i = 0; i < size; i++) {
        list[i] = in.readShort();
      }
      return;
    }
    long[] c = new long[CELLS];
    cells = c;
    list = new short[0];
    total = in.readLong();
    if (total * 2 > CELLS) {
      for (int i = 0; i < CELLS; i++) {
        c[i] = in.readLong();
      }
      return;
    }
    for (int cell; (cell = in.readShort() & 0xFFFF) != TIME_MAX; ) {
      if (cell >= CELLS) {
        throw new LonghouseException(ErrorCode.INCORRECT_DATA, "No cell " + cell);
      }
      c[cell] = in.readLong();
    }
  }
}
