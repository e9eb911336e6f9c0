package io.longhouse.column.serial;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import java.util.function.IntConsumer;

/** A digit 0 for each row, since a column must have bytes. */
final class NothingSerialization extends BulkSerialization {
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
    for (int i = 0; w != null && i < length; i++) {
      w.writeByte('0');
    }
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    in.open(stream).skip(rows);
    return new Int8Column(new byte[rows], rows);
  }
}
