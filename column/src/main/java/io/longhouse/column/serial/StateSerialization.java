package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Aggregate states one after another, without lengths. */
final class StateSerialization extends BulkSerialization {
  private final StateCodec codec;
  private int stream;

  StateSerialization(StateCodec codec) {
    this.codec = codec;
  }

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
    if (w != null) {
      var s = (StringColumn) column;
      int[] offsets = s.offsets();
      int begin = offsets[from];
      for (int i = from; i < from + length; i++) {
        if (offsets[i + 1] == offsets[i]) {
          w.writeBytes(s.bytes(), begin, offsets[i] - begin);
          w.writeBytes(codec.emptyState());
          begin = offsets[i];
        }
      }
      w.writeBytes(s.bytes(), begin, offsets[from + length] - begin);
    }
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    ByteReader r = in.open(stream);
    int[] offsets = new int[Math.min(rows, 1 << 16) + 1];
    var arena = new ByteWriter(rows < 1 << 16 ? 8 * rows : 1 << 19);
    for (int i = 0; i < rows; i++) {
      codec.copy(r, arena);
      if (i + 1 >= offsets.length) {
        offsets = Arrays.copyOf(offsets, (int) Math.min(rows + 1L, offsets.length * 2L));
      }
      offsets[i + 1] = arena.position();
    }
    return new StringColumn(offsets, arena.buffer(), rows);
  }
}
