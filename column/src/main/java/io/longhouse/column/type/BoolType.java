package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int8Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** true or false, as 1 or 0. */
public final class BoolType extends DataType {
  /** Bool. */
  public static final BoolType TYPE = new BoolType();

  private BoolType() {}

  @Override
  public String name() {
    return "Bool";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int8Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    byte[] x = ((Int8Column) a).values();
    byte[] y = ((Int8Column) b).values();
    return Byte.compareUnsigned(x[i], y[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    byte[] v = ((Int8Column) column).values();
    for (int i = 0; i < length; i++) {
      out[i] = v[from + i] & 0xFF;
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes Bool. */
  @Register(
      kind = TypeFactory.class,
      name = "Bool",
      aliases = {"boolean"},
      caseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
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
