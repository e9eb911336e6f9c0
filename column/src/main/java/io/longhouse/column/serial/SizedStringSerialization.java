package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Scratch;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.IntegerType;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Strings in two streams: lengths, and bytes with nothing between. */
final class SizedStringSerialization extends BulkSerialization {
  private static final int SCRATCH_BYTES_MAX = 1 << 22;

  private int sizes;
  private int bytes;

  @Override
  void name(SubstreamPath path) {
    sizes = path.structure(".size");
    bytes = path.values();
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(sizes);
    found.accept(bytes);
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    var s = (StringColumn) column;
    ByteWriter w = out.open(sizes);
    if (w != null) {
      RowLengths.writeLengths(s.offsets(), from, length, w);
    }
    w = out.open(bytes);
    if (w != null) {
      int begin = s.offsets()[from];
      w.writeBytes(s.bytes(), begin, s.offsets()[from + length] - begin);
    }
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    int[] offsets = RowLengths.read(rows, false, in.open(sizes), "string sizes");
    ByteReader r = in.open(bytes);
    return new StringColumn(offsets, arena(offsets[rows], r), rows);
  }

  private static byte[] arena(int length, ByteReader r) {
    if (r.isStream() || length > SCRATCH_BYTES_MAX) {
      return r.readBytes(length);
    }
    byte[] arena = Scratch.bytes(length);
    r.readFully(arena, 0, length);
    return arena;
  }

  @Override
  public @Nullable Sub sub(String name) {
    return name.equals("size")
        ? new Sub(IntegerType.UINT64, FixedSerialization.longsOn(sizes))
        : null;
  }
}
