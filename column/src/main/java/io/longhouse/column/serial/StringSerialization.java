package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Strings in one stream, each behind its length. */
final class StringSerialization extends BulkSerialization {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int ARENA_MAX = Integer.MAX_VALUE - 8;
  private static final int BELIEVED_ROWS = 1 << 16;
  private static final int BELIEVED_BYTES = 1 << 20;

  private int stream;

  @Override
  void name(SubstreamPath path) {
    stream = path.values();
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(stream);
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    ByteWriter w = out.open(stream);
    if (w == null) {
      return;
    }
    var s = (StringColumn) column;
    int[] offsets = s.offsets();
    byte[] bytes = s.bytes();
    for (int i = from; i < from + length; i++) {
      int n = offsets[i + 1] - offsets[i];
      w.writeVarUInt(n);
      w.writeBytes(bytes, offsets[i], n);
    }
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    ByteReader r = in.open(stream);
    int[] offsets = new int[Math.min(rows, BELIEVED_ROWS) + 1];
    byte[] arena = new byte[Math.max(64, Math.min(rows, BELIEVED_ROWS) * 16)];
    byte[] b = r.buffer();
    int p = r.position();
    int limit = r.limit();
    int at = 0;
    for (int i = 0; i < rows; i++) {
      int n;
      if (p < limit && b[p] >= 0) {
        n = b[p++];
      } else {
        r.position(p);
        n = r.readLength(ARENA_MAX, "string size");
        b = r.buffer();
        p = r.position();
        limit = r.limit();
      }
      if (n > arena.length - at) {
        arena = grown(arena, at, n, limit - p, i, rows);
      }
      if (n <= 16 && p + 16 <= b.length && at + 16 <= arena.length && limit - p >= n) {
        LONG.set(arena, at, (long) LONG.get(b, p));
        LONG.set(arena, at + 8, (long) LONG.get(b, p + 8));
        p += n;
      } else if (limit - p >= n) {
        System.arraycopy(b, p, arena, at, n);
        p += n;
      } else {
        r.position(p);
        if (n > arena.length - at) {
          byte[] long1 = r.readBytes(n);
          arena = Arrays.copyOf(arena, at + n);
          System.arraycopy(long1, 0, arena, at, n);
        } else {
          r.readFully(arena, at, n);
        }
        b = r.buffer();
        p = r.position();
        limit = r.limit();
      }
      at += n;
      if (i + 1 >= offsets.length) {
        offsets = Arrays.copyOf(offsets, (int) Math.min(rows + 1L, offsets.length * 2L));
      }
      offsets[i + 1] = at;
    }
    r.position(p);
    return new StringColumn(offsets, arena, rows);
  }

  /**
   * A larger arena, for all rows if they are as long as those so far; for a string that has not
   * arrived whole only if it is short.
   */
  private static byte[] grown(byte[] arena, int at, int n, int atHand, int row, int rows) {
    if ((long) at + n > ARENA_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_STRING_SIZE, "Strings of more than 2 GiB in one block");
    }
    if (n > BELIEVED_BYTES && n > atHand) {
      return arena;
    }
    double all = row < 64 ? 0 : (double) at / row * rows * 1.02;
    long foreseen = (long) Math.clamp(all, arena.length * 1.25, arena.length * 4.0);
    return Arrays.copyOf(arena, (int) Math.min(ARENA_MAX, Math.max((long) at + n, foreseen)));
  }
}
