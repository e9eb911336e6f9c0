package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** Columns of arrays of equal lengths, written as one; physically an array of named tuples. */
public final class NestedType extends DataType {
  private final TupleType row;
  private final ArrayType array;

  public NestedType(TupleType row) {
    this.row = row;
    this.array = new ArrayType(row);
  }

  public TupleType row() {
    return row;
  }

  /** The same layout as an array of tuples. */
  public ArrayType array() {
    return array;
  }

  @Override
  public String name() {
    return "Nested" + row.name().substring("Tuple".length());
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return array.newBuilder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return array.compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  /** Makes Nested(name T, ...). */
  @Register(kind = TypeFactory.class, name = "Nested")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name);
      return new NestedType(new TupleType(args.types(), args.names()));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    array.writeText(column, row, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    array.readText(in, form, settings, out);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    array.writeBinary(column, row, out);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    array.readBinary(in, out);
  }
}
