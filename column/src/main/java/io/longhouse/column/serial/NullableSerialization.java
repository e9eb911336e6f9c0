package io.longhouse.column.serial;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A map of NULLs, then the values. */
final class NullableSerialization extends BulkSerialization {
  private final BulkSerialization values;
  private final NullableType type;
  private int nulls;

  NullableSerialization(BulkSerialization values, NullableType type) {
    this.values = values;
    this.type = type;
  }

  @Override
  void namePrefixes(SubstreamPath path) {
    values.namePrefixes(path);
  }

  @Override
  void name(SubstreamPath path) {
    nulls = path.structure(".null");
    values.name(path);
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(nulls);
    values.collectSubstreams(found);
  }

  @Override
  public void writePrefix(SubstreamWriters out) {
    values.writePrefix(out);
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    var c = (NullableColumn) column;
    ByteWriter w = out.open(nulls);
    if (w != null) {
      w.writeSegment(MemorySegment.ofArray(c.nulls()), from, length);
    }
    values.write(c.values(), from, length, out);
  }

  @Override
  public void writeSuffix(SubstreamWriters out) {
    values.writeSuffix(out);
  }

  @Override
  public void readPrefix(SubstreamReaders in) {
    values.readPrefix(in);
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    byte[] map = ((Int8Column) nullMap().read(rows, in)).values();
    return new NullableColumn(values.read(rows, in), map);
  }

  private FixedSerialization nullMap() {
    return FixedSerialization.bytesOn(nulls);
  }

  @Override
  public void restart() {
    values.restart();
  }

  @Override
  public @Nullable Sub sub(String name) {
    return name.equals("null") ? new Sub(IntegerType.UINT8, nullMap()) : null;
  }

  NullableType type() {
    return type;
  }
}
