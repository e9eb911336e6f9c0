package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.NullableColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** A value or NULL. */
public final class NullableType extends DataType {
  private final DataType nested;

  private NullableType(DataType nested) {
    this.nested = nested;
  }

  /** Nullable of the type, or the type itself where it is Nullable already or cannot be. */
  public static DataType orSame(DataType type) {
    if (type instanceof LowCardinalityType l) {
      return new LowCardinalityType(orSame(l.nested()));
    }
    return type instanceof NullableType || !type.canBeInsideNullable()
        ? type
        : new NullableType(type);
  }

  /** The type inside Nullable, or the type itself. */
  public static DataType strip(DataType type) {
    return type instanceof NullableType n ? n.nested : type;
  }

  public DataType nested() {
    return nested;
  }

  @Override
  public String name() {
    return "Nullable(" + nested.name() + ")";
  }

  @Override
  public NullableColumn.Builder newBuilder(int capacity) {
    return new NullableColumn.Builder(nested.newBuilder(capacity), capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (NullableColumn) a;
    var y = (NullableColumn) b;
    boolean nx = x.nulls()[i] != 0;
    boolean ny = y.nulls()[j] != 0;
    if (nx || ny) {
      return nx && ny ? 0 : nx ? nullsDirection : -nullsDirection;
    }
    return nested.compare(x.values(), i, y.values(), j, nullsDirection);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return nested.canBeInsideLowCardinality();
  }

  @Override
  public boolean isComparable() {
    return nested.isComparable();
  }

  /** Makes Nullable(T). */
  @Register(kind = TypeFactory.class, name = "Nullable")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      DataType nested = TypeArguments.of(name).count(1).type(0);
      if (!nested.canBeInsideNullable()) {
        throw new io.longhouse.sql.LonghouseException(
            io.longhouse.sql.ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Nested type " + nested.name() + " cannot be inside Nullable type");
      }
      return new NullableType(nested);
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
