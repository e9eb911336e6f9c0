package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Scratch;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Lengths of rows as u64, to and from offsets in memory. */
final class RowLengths {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int CHUNK = 4096;
  private static final int TOTAL_MAX = Integer.MAX_VALUE - 8;

  private RowLengths() {}

  /** Writes the length of each row. */
  static void writeLengths(int[] offsets, int from, int length, ByteWriter out) {
    for (int done = 0; done < length; done += CHUNK) {
      int n = Math.min(CHUNK, length - done);
      int at = out.reserve(n * 8);
      byte[] b = out.buffer();
      int base = from + done;
      for (int i = 0; i < n; i++) {
        LONG.set(b, at + 8 * i, (long) (offsets[base + i + 1] - offsets[base + i]));
      }
      out.advance(n * 8);
    }
  }

  /** Writes the end of each row, counted from the first. */
  static void writeEnds(int[] offsets, int from, int length, ByteWriter out) {
    long base = offsets[from];
    for (int done = 0; done < length; done += CHUNK) {
      int n = Math.min(CHUNK, length - done);
      int at = out.reserve(n * 8);
      byte[] b = out.buffer();
      int first = from + done + 1;
      for (int i = 0; i < n; i++) {
        LONG.set(b, at + 8 * i, offsets[first + i] - base);
      }
      out.advance(n * 8);
    }
  }

  /** Reads lengths (or ends) into offsets, the first of which is 0. */
  static int[] read(int rows, boolean ends, ByteReader in, String what) {
    int[] offsets = Scratch.ints(Math.min(rows, 1 << 16) + 1);
    offsets[0] = 0;
    long[] chunk = Scratch.longs(Math.min(rows, CHUNK));
    int chunkRows = Math.min(rows, CHUNK);
    MemorySegment segment = MemorySegment.ofArray(chunk);
    long total = 0;
    for (int done = 0; done < rows; ) {
      int n = Math.min(chunkRows, rows - done);
      in.readFully(segment, 0, 8L * n);
      if (done + n >= offsets.length) {
        offsets = Arrays.copyOf(offsets, (int) Math.min(rows + 1L, offsets.length * 2L));
      }
      long wrong = 0;
      for (int i = 0; i < n; i++) {
        long length = ends ? chunk[i] - total : chunk[i];
        wrong |= length;
        total += length;
        wrong |= total | TOTAL_MAX - total;
        offsets[done + i + 1] = (int) total;
      }
      if (wrong < 0) {
        throw new LonghouseException(
            ErrorCode.TOO_LARGE_ARRAY_SIZE, "Too large or falling " + what + " in a column");
      }
      done += n;
    }
    return offsets;
  }
}
