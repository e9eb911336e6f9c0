package io.longhouse.column.type;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** Any number of values of one type. */
public final class ArrayType extends DataType {
  private final DataType element;

  public ArrayType(DataType element) {
    this.element = element;
  }

  public DataType element() {
    return element;
  }

  @Override
  public String name() {
    return "Array(" + element.name() + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new ArrayColumn.Builder(element.newBuilder(capacity), capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (ArrayColumn) a;
    var y = (ArrayColumn) b;
    int p = x.offsets()[i];
    int q = y.offsets()[j];
    int n = x.lengthAt(i);
    int m = y.lengthAt(j);
    for (int k = 0; k < Math.min(n, m); k++) {
      int c = element.compare(x.elements(), p + k, y.elements(), q + k, nullsDirection);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(n, m);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  @Override
  public boolean isComparable() {
    return element.isComparable();
  }

  /** Makes Array(T). */
  @Register(kind = TypeFactory.class, name = "Array")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return new ArrayType(TypeArguments.of(name).count(1).type(0));
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
