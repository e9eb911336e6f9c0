package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.util.Arrays;

/** Exactly n bytes, zeros at the end of shorter ones. */
public final class FixedStringType extends DataType {
  private final int width;

  public FixedStringType(int width) {
    this.width = width;
  }

  /** Bytes of a value. */
  public int width() {
    return width;
  }

  @Override
  public String name() {
    return "FixedString(" + width + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new FixedBytesColumn.Builder(width, capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    byte[] x = ((FixedBytesColumn) a).bytes();
    byte[] y = ((FixedBytesColumn) b).bytes();
    return Arrays.compareUnsigned(x, i * width, (i + 1) * width, y, j * width, (j + 1) * width);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes FixedString(n). */
  @Register(kind = TypeFactory.class, name = "FixedString")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return new FixedStringType((int) TypeArguments.of(name).count(1).number(0, 1, 0xFFFFFF));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    throw new UnsupportedOperationException(name());
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    throw new UnsupportedOperationException(name());
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    throw new UnsupportedOperationException(name());
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    throw new UnsupportedOperationException(name());
  }
}
