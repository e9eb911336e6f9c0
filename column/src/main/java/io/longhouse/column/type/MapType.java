package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.util.List;

/** Keys with values; physically an array of key-value tuples. */
public final class MapType extends DataType {
  private final DataType key;
  private final DataType value;
  private final ArrayType entries;

  public MapType(DataType key, DataType value) {
    this.key = key;
    this.value = value;
    this.entries = new ArrayType(new TupleType(List.of(key, value), List.of("keys", "values")));
  }

  public DataType key() {
    return key;
  }

  public DataType value() {
    return value;
  }

  /** The same layout as an array of named tuples {@code (keys, values)}. */
  public ArrayType entries() {
    return entries;
  }

  @Override
  public String name() {
    return "Map(" + key.name() + ", " + value.name() + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return entries.newBuilder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return entries.compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  /** Makes Map(K, V). */
  @Register(kind = TypeFactory.class, name = "Map")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name).count(2);
      return new MapType(args.type(0), args.type(1));
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
