package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int8Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;

/** The type of no value: of an empty array's elements and, inside Nullable, of NULL. */
public final class NothingType extends DataType {
  /** Nothing. */
  public static final NothingType TYPE = new NothingType();

  private NothingType() {}

  @Override
  public String name() {
    return "Nothing";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int8Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    byte[] x = ((Int8Column) a).values();
    byte[] y = ((Int8Column) b).values();
    return Byte.compare(x[i], y[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    byte[] v = ((Int8Column) column).values();
    for (int i = 0; i < length; i++) {
      out[i] = v[from + i];
    }
  }

  /** Makes Nothing. */
  @Register(kind = TypeFactory.class, name = "Nothing")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Serialization is not implemented for type Nothing");
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Deserialization is not implemented for type Nothing");
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    // A value of no type has no bytes.
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    out.appendDefault(1);
  }
}
