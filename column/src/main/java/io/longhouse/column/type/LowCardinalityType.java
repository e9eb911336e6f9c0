package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** The same values as the type inside, in a dictionary. */
public final class LowCardinalityType extends DataType {
  private final DataType nested;

  public LowCardinalityType(DataType nested) {
    this.nested = nested;
  }

  /** The type inside LowCardinality, or the type itself. */
  public static DataType strip(DataType type) {
    return type instanceof LowCardinalityType l ? l.nested : type;
  }

  public DataType nested() {
    return nested;
  }

  @Override
  public String name() {
    return "LowCardinality(" + nested.name() + ")";
  }

  @Override
  public LowCardinalityColumn.Builder newBuilder(int capacity) {
    return new LowCardinalityColumn.Builder(nested.newBuilder(16), capacity);
  }

  @Override
  public Column defaultValue() {
    return new LowCardinalityColumn(nested.defaultValue(), new int[1], 1);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (LowCardinalityColumn) a;
    var y = (LowCardinalityColumn) b;
    return nested.compare(
        x.dictionary(), x.indexes()[i], y.dictionary(), y.indexes()[j], nullsDirection);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  /** Makes LowCardinality(T). */
  @Register(kind = TypeFactory.class, name = "LowCardinality")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      DataType nested = TypeArguments.of(name).count(1).type(0);
      if (!nested.canBeInsideLowCardinality()) {
        throw new io.longhouse.sql.LonghouseException(
            io.longhouse.sql.ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "DataTypeLowCardinality is supported only for numbers, strings, Date or DateTime, but"
                + " got "
                + nested.name());
      }
      return new LowCardinalityType(nested);
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    if (column instanceof LowCardinalityColumn c) {
      nested.writeText(c.dictionary(), c.indexes()[row], form, settings, out);
    } else {
      nested.writeText(column, row, form, settings, out);
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    nested.readText(in, form, settings, ((LowCardinalityColumn.Builder) out).pending());
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    if (column instanceof LowCardinalityColumn c) {
      nested.writeBinary(c.dictionary(), c.indexes()[row], out);
    } else {
      nested.writeBinary(column, row, out);
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    nested.readBinary(in, ((LowCardinalityColumn.Builder) out).pending());
  }
}
