package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.TupleColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.util.List;
import java.util.StringJoiner;

/** One value of each of several types, which may have names. */
public final class TupleType extends DataType {
  private final List<DataType> elements;
  private final List<String> names;

  /**
   * @param names as many as elements, or none for an unnamed tuple
   */
  public TupleType(List<DataType> elements, List<String> names) {
    this.elements = List.copyOf(elements);
    this.names = List.copyOf(names);
  }

  public TupleType(List<DataType> elements) {
    this(elements, List.of());
  }

  public List<DataType> elements() {
    return elements;
  }

  /** Element names, empty when the tuple has none. */
  public List<String> names() {
    return names;
  }

  public boolean named() {
    return !names.isEmpty();
  }

  @Override
  public String name() {
    var text = new StringJoiner(", ", "Tuple(", ")");
    for (int i = 0; i < elements.size(); i++) {
      text.add(
          named()
              ? io.longhouse.sql.Quoting.identifier(names.get(i)) + " " + elements.get(i).name()
              : elements.get(i).name());
    }
    return text.toString();
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new TupleColumn.Builder(elements.stream().map(e -> e.newBuilder(capacity)).toList());
  }

  @Override
  public Column defaultValue() {
    return new TupleColumn(elements.stream().map(DataType::defaultValue).toList(), 1);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (TupleColumn) a;
    var y = (TupleColumn) b;
    for (int k = 0; k < elements.size(); k++) {
      int c =
          elements
              .get(k)
              .compare(
                  x.elements().get(k).full(), i, y.elements().get(k).full(), j, nullsDirection);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  @Override
  public boolean isComparable() {
    return elements.stream().allMatch(DataType::isComparable);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  /** Makes Tuple(T, ...) and Tuple(name T, ...). */
  @Register(kind = TypeFactory.class, name = "Tuple")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name);
      return new TupleType(args.types(), args.names());
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
