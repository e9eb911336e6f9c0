package io.longhouse.column.type;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
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
    var a = (ArrayColumn) column;
    int from = a.offsets()[row];
    int to = a.offsets()[row + 1];
    if (form == TextForm.CSV) {
      var text = new ByteWriter(64);
      writeElements(a.elements(), from, to, TextForm.QUOTED, settings, text);
      StringText.write(text.buffer(), 0, text.position(), form, settings, out);
    } else if (form == TextForm.XML) {
      out.writeAscii("<array>");
      for (int i = from; i < to; i++) {
        out.writeAscii("<elem>");
        element.writeText(a.elements(), i, form, settings, out);
        out.writeAscii("</elem>");
      }
      out.writeAscii("</array>");
    } else {
      TextForm inner = form == TextForm.JSON ? form : TextForm.QUOTED;
      writeElements(a.elements(), from, to, inner, settings, out);
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    var b = (ArrayColumn.Builder) out;
    if (form == TextForm.CSV) {
      byte[] text = StringText.read(in, form, settings).toByteArray();
      var inner = new ByteReader(text);
      readElements(inner, TextForm.QUOTED, settings, b);
      if (!inner.atEnd()) {
        throw TextErrors.expected("]", inner);
      }
    } else {
      readElements(in, form == TextForm.JSON ? form : TextForm.QUOTED, settings, b);
    }
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    var a = (ArrayColumn) column;
    int from = a.offsets()[row];
    int to = a.offsets()[row + 1];
    out.writeVarUInt(to - from);
    for (int i = from; i < to; i++) {
      element.writeBinary(a.elements(), i, out);
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    var b = (ArrayColumn.Builder) out;
    int length = in.readLength(BINARY_LENGTH_MAX, "array size");
    for (int i = 0; i < length; i++) {
      element.readBinary(in, b.elements());
    }
    b.endRow();
  }

  private static final int BINARY_LENGTH_MAX = 1 << 30;

  private void writeElements(
      Column elements, int from, int to, TextForm form, FormatSettings settings, ByteWriter out) {
    out.writeByte('[');
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.writeByte(',');
      }
      element.writeText(elements, i, form, settings, out);
    }
    out.writeByte(']');
  }

  private void readElements(
      ByteReader in, TextForm form, FormatSettings settings, ArrayColumn.Builder out) {
    if (!in.accept('[')) {
      throw new LonghouseException(
          ErrorCode.CANNOT_READ_ARRAY_FROM_TEXT, "Array does not start with '[' character");
    }
    boolean first = true;
    TextErrors.skipWhitespace(in);
    while (in.peek() != ']') {
      if (!first) {
        if (in.atEnd()) {
          break;
        }
        if (!in.accept(',')) {
          throw new LonghouseException(
              ErrorCode.CANNOT_READ_ARRAY_FROM_TEXT,
              "Cannot read array from text, expected comma or end of array, found '"
                  + (char) in.peek()
                  + "'");
        }
        TextErrors.skipWhitespace(in);
        if (in.peek() == ']') {
          break;
        }
      }
      first = false;
      element.readText(in, form, settings, out.elements());
      TextErrors.skipWhitespace(in);
    }
    TextErrors.require(']', in);
    out.endRow();
  }
}
