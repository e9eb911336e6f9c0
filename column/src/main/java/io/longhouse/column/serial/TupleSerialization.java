package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The elements, one after another. A tuple without elements is the digit 0 for each row. */
final class TupleSerialization extends BulkSerialization {
  private final TupleType type;
  private final List<BulkSerialization> elements;
  private int empty = -1;

  private TupleSerialization(TupleType type, List<BulkSerialization> elements) {
    this.type = type;
    this.elements = elements;
  }

  static TupleSerialization of(TupleType type, SerializationKind kind, Form form) {
    List<BulkSerialization> elements = new ArrayList<>();
    for (int i = 0; i < type.elements().size(); i++) {
      elements.add(make(type.elements().get(i), kind.element(i), form));
    }
    return new TupleSerialization(type, elements);
  }

  private String elementName(int i) {
    return type.named() ? type.names().get(i) : Integer.toString(i + 1);
  }

  @Override
  void namePrefixes(SubstreamPath path) {
    for (int i = 0; i < elements.size(); i++) {
      elements.get(i).namePrefixes(path.element(elementName(i)));
    }
  }

  @Override
  void name(SubstreamPath path) {
    if (elements.isEmpty()) {
      empty = path.values();
    }
    for (int i = 0; i < elements.size(); i++) {
      elements.get(i).name(path.element(elementName(i)));
    }
  }

  @Override
  public void collectSubstreams(IntConsumer found) {
    if (empty >= 0) {
      found.accept(empty);
    }
    elements.forEach(e -> e.collectSubstreams(found));
  }

  @Override
  public void writePrefix(SubstreamWriters out) {
    elements.forEach(e -> e.writePrefix(out));
  }

  @Override
  public void write(Column column, int from, int length, SubstreamWriters out) {
    if (empty >= 0) {
      ByteWriter w = out.open(empty);
      for (int i = 0; w != null && i < length; i++) {
        w.writeByte('0');
      }
    }
    var t = (TupleColumn) column;
    for (int i = 0; i < elements.size(); i++) {
      elements.get(i).write(t.elements().get(i).full(), from, length, out);
    }
  }

  @Override
  public void writeSuffix(SubstreamWriters out) {
    elements.forEach(e -> e.writeSuffix(out));
  }

  @Override
  public void readPrefix(SubstreamReaders in) {
    elements.forEach(e -> e.readPrefix(in));
  }

  @Override
  public Column read(int rows, SubstreamReaders in) {
    if (empty >= 0) {
      ByteReader r = in.open(empty);
      r.skip(rows);
    }
    List<Column> columns = new ArrayList<>();
    for (BulkSerialization e : elements) {
      columns.add(e.read(rows, in));
    }
    return new TupleColumn(columns, rows);
  }

  @Override
  public void restart() {
    elements.forEach(BulkSerialization::restart);
  }

  @Override
  public @Nullable Sub sub(String name) {
    for (int i = 0; i < elements.size(); i++) {
      String element = elementName(i);
      DataType t = type.elements().get(i);
      if (name.equals(element) || name.equals(Integer.toString(i + 1))) {
        return new Sub(t, elements.get(i));
      }
      if (name.startsWith(element + ".")) {
        Sub inner = elements.get(i).sub(name.substring(element.length() + 1));
        if (inner != null) {
          return inner;
        }
      }
    }
    return null;
  }
}
