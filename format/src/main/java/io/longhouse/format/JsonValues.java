package io.longhouse.format;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ByteText;

/** Values in JSON: as strings, or spread over lines. */
final class JsonValues {
  private static final byte[] NULL_TEXT = ByteText.encode("ᴺᵁᴸᴸ");

  /** What one level of indentation is. */
  record Indent(char unit, int width) {
    void write(int level, ByteWriter out) {
      for (int i = level * width; i > 0; i--) {
        out.writeByte(unit);
      }
    }
  }

  private final FormatSettings settings;
  private final ByteWriter out;
  private final ByteWriter scratch = new ByteWriter(64);

  JsonValues(FormatSettings settings, ByteWriter out) {
    this.settings = settings;
    this.out = out;
  }

  /** The value's text as a JSON string. */
  void string(DataType type, Column column, int row) {
    if (column.isNullAt(row)) {
      StringText.writeJson(NULL_TEXT, 0, NULL_TEXT.length, settings, out);
      return;
    }
    scratch.reset();
    type.writeText(column, row, TextForm.RAW, settings, scratch);
    StringText.writeJson(scratch.buffer(), 0, scratch.position(), settings, out);
  }

  void text(byte[] value) {
    StringText.writeJson(value, 0, value.length, settings, out);
  }

  /** The value with the parts of tuples, maps and arrays of such on lines of their own. */
  void pretty(DataType type, Column column, int row, int level, Indent indent) {
    switch (type) {
      case NullableType n when column instanceof NullableColumn c -> {
        if (c.nulls()[row] != 0) {
          out.writeAscii("null");
        } else {
          pretty(n.nested(), c.values(), row, level, indent);
        }
      }
      case LowCardinalityType l when column instanceof LowCardinalityColumn c ->
          pretty(l.nested(), c.dictionary(), c.indexes()[row], level, indent);
      case ArrayType a -> array(a.element(), (ArrayColumn) column, row, level, indent);
      case NestedType n -> array(n.row(), (ArrayColumn) column, row, level, indent);
      case TupleType t -> tuple(t, (TupleColumn) column, row, level, indent);
      case MapType m -> map(m, (ArrayColumn) column, row, level, indent);
      default -> type.writeText(column, row, TextForm.JSON, settings, out);
    }
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType
        || type instanceof NestedType
        || type instanceof TupleType
        || type instanceof MapType;
  }

  private void array(DataType element, ArrayColumn column, int row, int level, Indent indent) {
    int from = column.offsets()[row];
    int to = column.offsets()[row + 1];
    if (from == to) {
      out.writeAscii("[]");
      return;
    }
    boolean lines = isNested(element);
    out.writeByte('[');
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.writeByte(',');
      }
      if (lines) {
        out.writeByte('\n');
        indent.write(level + 1, out);
        pretty(element, column.elements().full(), i, level + 1, indent);
      } else {
        element.writeText(column.elements(), i, TextForm.JSON, settings, out);
      }
    }
    if (lines) {
      out.writeByte('\n');
      indent.write(level, out);
    }
    out.writeByte(']');
  }

  private void tuple(TupleType type, TupleColumn column, int row, int level, Indent indent) {
    boolean object = type.named() && settings.outputFormatJsonNamedTuplesAsObjects;
    int n = type.elements().size();
    out.writeByte(object ? '{' : '[');
    out.writeByte('\n');
    boolean first = true;
    for (int i = 0; i < n; i++) {
      Column element = column.elements().get(i).full();
      if (object && settings.outputFormatJsonSkipNullValueInNamedTuples && element.isNullAt(row)) {
        continue;
      }
      if (!first) {
        out.writeAscii(",\n");
      }
      first = false;
      indent.write(level + 1, out);
      if (object) {
        text(ByteText.encode(type.names().get(i)));
        out.writeAscii(": ");
      }
      pretty(type.elements().get(i), element, row, level + 1, indent);
    }
    out.writeByte('\n');
    indent.write(level, out);
    out.writeByte(object ? '}' : ']');
  }

  private void map(MapType type, ArrayColumn column, int row, int level, Indent indent) {
    int from = column.offsets()[row];
    int to = column.offsets()[row + 1];
    if (from == to || settings.outputFormatJsonMapAsArrayOfTuples) {
      type.writeText(column, row, TextForm.JSON, settings, out);
      return;
    }
    var entries = (TupleColumn) column.elements().full();
    Column keys = entries.elements().get(0).full();
    Column values = entries.elements().get(1).full();
    out.writeByte('{');
    for (int i = from; i < to; i++) {
      out.writeAscii(i > from ? ",\n" : "\n");
      indent.write(level + 1, out);
      string(type.key(), keys, i);
      out.writeAscii(": ");
      pretty(type.value(), values, i, level + 1, indent);
    }
    out.writeByte('\n');
    indent.write(level, out);
    out.writeByte('}');
  }
}
