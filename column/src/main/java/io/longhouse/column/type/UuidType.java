package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.WideColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/**
 * 128 bits: word 0 holds the first half of the text, word 1 the second. Ordered by word 1, then
 * word 0, as ClickHouse orders it.
 */
public final class UuidType extends DataType {
  /** UUID. */
  public static final UuidType TYPE = new UuidType();

  private UuidType() {}

  @Override
  public String name() {
    return "UUID";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new WideColumn.Builder(2, capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return IntegerType.compareWide(
        ((WideColumn) a).words(), i, ((WideColumn) b).words(), j, 2, false);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes UUID. */
  @Register(kind = TypeFactory.class, name = "UUID")
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
