package io.longhouse.function.scalar;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ByteText;
import java.math.BigInteger;

/** Values of the types that the tables need, as TabSeparated writes them. */
final class ValueText {
  private ValueText() {}

  static String of(DataType type, Column c, int row) {
    var out = new StringBuilder();
    write(type, c.full(), row, false, out);
    return out.toString();
  }

  private static void write(DataType t, Column c, int row, boolean inside, StringBuilder out) {
    switch (c) {
      case NullableColumn n -> {
        if (n.nulls()[row] != 0) {
          out.append(inside ? "NULL" : "\\N");
        } else {
          write(NullableType.strip(t), n.values(), row, inside, out);
        }
      }
      case LowCardinalityColumn l ->
          write(LowCardinalityType.strip(t), l.dictionary(), l.indexes()[row], inside, out);
      case StringColumn s -> string(s.get(row), inside, out);
      case FixedBytesColumn f ->
          string(
              java.util.Arrays.copyOfRange(f.bytes(), row * f.width(), (row + 1) * f.width()),
              inside,
              out);
      case ArrayColumn a -> {
        boolean map = t instanceof MapType;
        DataType e = t instanceof MapType m ? m.entries().element() : ((ArrayType) t).element();
        out.append(map ? '{' : '[');
        for (int i = a.offsets()[row]; i < a.offsets()[row + 1]; i++) {
          out.append(i > a.offsets()[row] ? "," : "");
          if (map) {
            var entry = (TupleColumn) a.elements();
            write(((MapType) t).key(), entry.elements().get(0).full(), i, true, out);
            out.append(':');
            write(((MapType) t).value(), entry.elements().get(1).full(), i, true, out);
          } else {
            write(e, a.elements().full(), i, true, out);
          }
        }
        out.append(map ? '}' : ']');
      }
      case TupleColumn tuple -> {
        out.append('(');
        for (int i = 0; i < tuple.elements().size(); i++) {
          out.append(i > 0 ? "," : "");
          write(((TupleType) t).elements().get(i), tuple.elements().get(i).full(), row, true, out);
        }
        out.append(')');
      }
      case Float64Column f ->
          out.append(floating(f.values()[row], Double.toString(f.values()[row])));
      case Float32Column f ->
          out.append(floating(f.values()[row], Float.toString(f.values()[row])));
      case WideColumn w -> {
        if (!(t instanceof IntegerType)) {
          out.append(t.textOf(c, row));
          return;
        }
        BigInteger v = BigInteger.ZERO;
        for (int k = w.wordsPerValue() - 1; k >= 0; k--) {
          v =
              v.shiftLeft(64)
                  .or(
                      new BigInteger(
                          Long.toUnsignedString(w.words()[row * w.wordsPerValue() + k])));
        }
        out.append(v);
      }
      default -> {
        if (t instanceof BoolType) {
          out.append(((io.longhouse.column.Int8Column) c).values()[row] != 0);
          return;
        }
        if (!(t instanceof IntegerType)) {
          out.append(t.textOf(c, row));
          return;
        }
        long[] v = new long[1];
        boolean signed = ((IntegerType) t).signed();
        Numbers.toLongs(c, row, 1, signed, v);
        out.append(signed ? Long.toString(v[0]) : Long.toUnsignedString(v[0]));
      }
    }
  }

  private static String floating(double v, String java) {
    if (Double.isNaN(v)) {
      return "nan";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "inf" : "-inf";
    }
    if (v == Math.rint(v) && Math.abs(v) < 1e15) {
      return (1 / v < 0 && v == 0 ? "-" : "") + (long) v;
    }
    String s = java.replace("E", "e");
    return s.endsWith(".0") ? s.substring(0, s.length() - 2) : s.replace(".0e", "e");
  }

  private static void string(byte[] bytes, boolean quoted, StringBuilder out) {
    if (quoted) {
      out.append('\'');
    }
    for (char ch : ByteText.decode(bytes).toCharArray()) {
      switch (ch) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\0' -> out.append("\\0");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        default -> out.append(ch);
      }
    }
    if (quoted) {
      out.append('\'');
    }
  }
}
