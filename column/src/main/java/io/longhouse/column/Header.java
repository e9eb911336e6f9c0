package io.longhouse.column;

import io.longhouse.column.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Names and types of a block's columns. A name may occur twice. */
public record Header(List<Field> fields) {
  /** One column's name and type. */
  public record Field(String name, DataType type) {}

  public Header {
    fields = List.copyOf(fields);
  }

  public static Header of(String name, DataType type) {
    return new Header(List.of(new Field(name, type)));
  }

  public int size() {
    return fields.size();
  }

  public String name(int i) {
    return fields.get(i).name();
  }

  public DataType type(int i) {
    return fields.get(i).type();
  }

  /** The place of the first column of that name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  public Block emptyBlock() {
    List<Column> columns = new ArrayList<>();
    for (Field f : fields) {
      columns.add(f.type().newBuilder(0).build());
    }
    return new Block(columns, 0);
  }

  public List<ColumnBuilder> newBuilders(int capacity) {
    List<ColumnBuilder> builders = new ArrayList<>();
    for (Field f : fields) {
      builders.add(f.type().newBuilder(capacity));
    }
    return builders;
  }
}
