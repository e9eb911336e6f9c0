package io.longhouse.column.serial;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Lengths of the rows, then all elements. */
final class ArraySerialization extends BulkSerialization {
  private final DataType elementType;
  private final BulkSerialization elements;
  private final boolean ends;
  private int sizes;

  /**
   * @param ends whether where each row ends is written instead of its length
   */
  ArraySerialization(DataType elementType, BulkSerialization elements, boolean ends) {
    this.elementType = elementType;
    this.elements = elements;
    this.ends = ends;
  }

  @Override
  void namePrefixes(SubstreamPath path) {
    elements.namePrefixes(path.arrayElements());
  }

  @Override
  void name(SubstreamPath path) {
    sizes = path.sizes();
    elements.name(path.arrayElements());
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    found.accept(sizes);
    elements.collectSubstreams(found);
  }

  @Override
  public void writePrefix(SubstreamWriters out) {
    elements.writePrefix(out);
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    var a = (ArrayColumn) column;
    ByteWriter w = out.open(sizes);
    if (w != null && ends) {
      RowLengths.writeEnds(a.offsets(), from, length, w);
    } else if (w != null) {
      RowLengths.writeLengths(a.offsets(), from, length, w);
    }
    int begin = a.offsets()[from];
    elements.write(a.elements().full(), begin, a.offsets()[from + length] - begin, out);
  }

  @Override
  public void writeSuffix(SubstreamWriters out) {
    elements.writeSuffix(out);
  }

  @Override
  public void readPrefix(SubstreamReaders in) {
    elements.readPrefix(in);
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    int[] offsets = RowLengths.read(rows, ends, in.open(sizes), "array sizes");
    return new ArrayColumn(offsets, elements.read(offsets[rows], in), rows);
  }

  @Override
  public void restart() {
    elements.restart();
  }

  @Override
  public @Nullable Sub sub(String name) {
    if (name.equals("size0")) {
      return ends ? null : new Sub(IntegerType.UINT64, FixedSerialization.longsOn(sizes));
    }
    String inner = name;
    if (name.startsWith("size") && name.length() == 5 && Character.isDigit(name.charAt(4))) {
      inner = "size" + (name.charAt(4) - '1');
    }
    Sub element = elements.sub(inner);
    if (element == null) {
      return null;
    }
    var array = new ArraySerialization(element.type(), element.serialization(), ends);
    array.sizes = sizes;
    return new Sub(new ArrayType(element.type()), array);
  }

  DataType elementType() {
    return elementType;
  }
}
