package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.util.Arrays;

/** Any bytes; text when they are UTF-8. */
public final class StringType extends DataType {
  /** String. */
  public static final StringType TYPE = new StringType();

  private StringType() {}

  @Override
  public String name() {
    return "String";
  }

  @Override
  public StringColumn.Builder newBuilder(int capacity) {
    return new StringColumn.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (StringColumn) a;
    var y = (StringColumn) b;
    return Arrays.compareUnsigned(
        x.bytes(),
        x.offsets()[i],
        x.offsets()[i + 1],
        y.bytes(),
        y.offsets()[j],
        y.offsets()[j + 1]);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes String. */
  @Register(kind = TypeFactory.class, name = "String")
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
