package io.longhouse.format;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatText;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ByteText;
import java.util.Locale;

/** Values as people read them: NULL in small capitals, named tuples as indented JSON. */
final class DisplayText {
  private static final JsonValues.Indent SPACE = new JsonValues.Indent(' ', 1);
  private static final String[] QUANTITIES = {
    "",
    " thousand",
    " million",
    " billion",
    " trillion",
    " quadrillion",
    " quintillion",
    " sextillion",
    " septillion",
    " octillion",
    " nonillion",
    " decillion",
    " undecillion",
    " duodecillion",
    " tredecillion",
    " quattuordecillion",
    " quindecillion",
    " sexdecillion",
    " septendecillion",
    " octodecillion",
    " novemdecillion",
    " vigintillion"
  };
  private static final double HASH_MIN = 1e18;
  private static final double PLAIN_MAX = 1e60;

  private final FormatSettings settings;
  private final boolean unicode;

  /** Whether named tuples are shown as JSON, as the Pretty formats do and Vertical does not. */
  private final boolean tuplesAsJson;

  DisplayText(FormatSettings settings, boolean tuplesAsJson) {
    this.settings = settings;
    this.tuplesAsJson = tuplesAsJson && settings.outputFormatPrettyNamedTuplesAsJson;
    unicode = settings.outputFormatPrettyGridCharset.equals("UTF-8");
  }

  /** Writes one value. */
  void write(DataType type, Column column, int row, ByteWriter out) {
    if (column.isNullAt(row)) {
      out.writeText(unicode ? "ᴺᵁᴸᴸ" : "NULL");
    } else if (tuplesAsJson && hasNamedTuple(type)) {
      writeNested(type, column, row, TextForm.RAW, out);
    } else {
      type.writeText(column, row, TextForm.RAW, settings, out);
    }
  }

  private static boolean hasNamedTuple(DataType type) {
    return switch (type) {
      case NullableType n -> hasNamedTuple(n.nested());
      case LowCardinalityType _ -> false;
      case ArrayType a -> hasNamedTuple(a.element());
      case NestedType _ -> true;
      case MapType m -> hasNamedTuple(m.value()) || hasNamedTuple(m.key());
      case TupleType t -> t.named() || t.elements().stream().anyMatch(DisplayText::hasNamedTuple);
      default -> false;
    };
  }

  private void writeNested(DataType type, Column column, int row, TextForm form, ByteWriter out) {
    switch (type) {
      case NullableType n when column instanceof NullableColumn c -> {
        if (c.nulls()[row] != 0) {
          out.writeAscii("NULL");
        } else {
          writeNested(n.nested(), c.values(), row, form, out);
        }
      }
      case LowCardinalityType l when column instanceof LowCardinalityColumn c ->
          l.nested().writeText(c.dictionary(), c.indexes()[row], form, settings, out);
      case ArrayType a -> writeArray(a.element(), (ArrayColumn) column, row, out);
      case NestedType n -> writeArray(n.row(), (ArrayColumn) column, row, out);
      case MapType m -> writeMap(m, (ArrayColumn) column, row, out);
      case TupleType t -> writeTuple(t, (TupleColumn) column, row, out);
      default -> type.writeText(column, row, form, settings, out);
    }
  }

  private void writeArray(DataType element, ArrayColumn column, int row, ByteWriter out) {
    out.writeByte('[');
    for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
      if (i > column.offsets()[row]) {
        out.writeByte(',');
      }
      writeNested(element, column.elements().full(), i, TextForm.QUOTED, out);
    }
    out.writeByte(']');
  }

  private void writeMap(MapType type, ArrayColumn column, int row, ByteWriter out) {
    var entries = (TupleColumn) column.elements().full();
    out.writeByte('{');
    for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
      if (i > column.offsets()[row]) {
        out.writeByte(',');
      }
      writeNested(type.key(), entries.elements().get(0).full(), i, TextForm.QUOTED, out);
      out.writeByte(':');
      writeNested(type.value(), entries.elements().get(1).full(), i, TextForm.QUOTED, out);
    }
    out.writeByte('}');
  }

  private void writeTuple(TupleType type, TupleColumn column, int row, ByteWriter out) {
    boolean json = type.named();
    out.writeByte(json ? '{' : '(');
    for (int i = 0; i < type.elements().size(); i++) {
      if (i > 0) {
        out.writeByte(',');
      }
      DataType element = type.elements().get(i);
      Column values = column.elements().get(i).full();
      if (json) {
        out.writeAscii("\n  ");
        var writer = new JsonValues(settings, out);
        writer.text(ByteText.encode(type.names().get(i)));
        out.writeAscii(": ");
        writer.pretty(element, values, row, 2, SPACE);
      } else {
        writeNested(element, values, row, TextForm.QUOTED, out);
      }
    }
    out.writeAscii(json ? "\n}" : ")");
  }

  /** Whether a column's values may get a {@link #tip}. */
  static boolean hasTips(DataType type) {
    return Alignment.number(type);
  }

  /** Behind a large number what it is in words, {@code -- 1.23 million}. */
  void tip(DataType type, Column column, int row, boolean color, ByteWriter out) {
    long threshold = settings.outputFormatPrettySingleLargeNumberTipThreshold;
    if (threshold == 0 || column.isNullAt(row)) {
      return;
    }
    double v = number(type, column, row);
    double size = Math.abs(v);
    if (!(size > threshold)
        || Double.isInfinite(v)
        || Alignment.integer64(type) && size >= HASH_MIN) {
      return;
    }
    int unit = 0;
    while (unit + 1 < QUANTITIES.length && Math.abs(v) >= 1000) {
      v /= 1000;
      unit++;
    }
    if (color) {
      out.writeAscii("\033[90m");
    }
    out.writeAscii(" -- ");
    if (Math.abs(v) < PLAIN_MAX) {
      out.writeAscii(String.format(Locale.ROOT, "%.2f", v));
    } else {
      FloatText.write(v, out);
    }
    out.writeAscii(QUANTITIES[unit]);
    if (color) {
      out.writeAscii("\033[0m");
    }
  }

  private static double number(DataType type, Column column, int row) {
    return switch (column) {
      case NullableColumn c -> number(NullableType.strip(type), c.values(), row);
      case LowCardinalityColumn c ->
          number(LowCardinalityType.strip(type), c.dictionary(), c.indexes()[row]);
      case Float32Column c -> c.values()[row];
      case Float64Column c -> c.values()[row];
      default -> {
        if (type instanceof DecimalType || type instanceof io.longhouse.column.type.IntegerType) {
          yield Double.parseDouble(type.textOf(column, row));
        }
        yield 0;
      }
    };
  }
}
