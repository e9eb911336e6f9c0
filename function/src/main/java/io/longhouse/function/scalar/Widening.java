package io.longhouse.function.scalar;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * From a type to one that holds all its values, without loss: how elements of arrays are brought
 * together.
 */
public final class Widening {
  private Widening() {}

  /** The values of a column of {@code from} as a column of {@code to}; constants stay constants. */
  public static Column widen(Column c, DataType from, DataType to) {
    if (from.equals(to)) {
      return c;
    }
    if (c instanceof ConstColumn k) {
      return new ConstColumn(widen(k.value(), from, to).full(), k.size());
    }
    if (from instanceof LowCardinalityType l) {
      return widen(c.plain(), l.nested(), to);
    }
    if (c instanceof LowCardinalityColumn) {
      return widen(c.plain(), from, to);
    }
    if (to instanceof LowCardinalityType l) {
      Column plain = widen(c, from, l.nested());
      ColumnBuilder b = to.newBuilder(c.size());
      b.appendRange(plain.full(), 0, c.size());
      return b.build();
    }
    return switch (to) {
      case NullableType n -> toNullable(c, from, n);
      case DataType _ when from instanceof NothingType -> {
        ColumnBuilder b = to.newBuilder(c.size());
        b.appendDefault(c.size());
        yield b.build();
      }
      case ArrayType t when from instanceof ArrayType f -> {
        var a = (ArrayColumn) c.full();
        yield new ArrayColumn(
            a.offsets(), widen(Rows.elements(a), f.element(), t.element()), a.size());
      }
      case MapType t when from instanceof MapType f -> widen(c, f.entries(), t.entries());
      case TupleType t when from instanceof TupleType f -> {
        var tuple = (TupleColumn) c.full();
        List<Column> elements = new ArrayList<>();
        for (int i = 0; i < t.elements().size(); i++) {
          elements.add(
              widen(tuple.elements().get(i), f.elements().get(i), t.elements().get(i)).full());
        }
        yield new TupleColumn(elements, c.size());
      }
      case IntegerType t when from instanceof IntegerType f -> integer(c.full(), f, t);
      case FloatType t -> floating(c.full(), from, t);
      case StringType _ when from instanceof FixedStringType -> {
        var f = (FixedBytesColumn) c.full();
        int[] offsets = new int[f.size() + 1];
        for (int i = 0; i < offsets.length; i++) {
          offsets[i] = i * f.width();
        }
        yield new StringColumn(offsets, f.bytes(), f.size());
      }
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "Conversion of elements from " + from.name() + " to " + to.name());
    };
  }

  private static Column toNullable(Column c, DataType from, NullableType to) {
    if (from instanceof NullableType f) {
      var n = (NullableColumn) c.full();
      return new NullableColumn(widen(n.values(), f.nested(), to.nested()).full(), n.nulls());
    }
    if (from instanceof NothingType) {
      ColumnBuilder b = to.newBuilder(c.size());
      b.appendDefault(c.size());
      return b.build();
    }
    return new NullableColumn(widen(c, from, to.nested()).full(), new byte[c.size()]);
  }

  private static Column integer(Column c, IntegerType from, IntegerType to) {
    int n = c.size();
    if (to.bytes() > 8) {
      return wide(c, from, to);
    }
    long[] v = new long[n];
    Numbers.toLongs(c, 0, n, from.signed(), v);
    return switch (to.bytes()) {
      case 2 -> {
        short[] out = new short[n];
        for (int i = 0; i < n; i++) {
          out[i] = (short) v[i];
        }
        yield new Int16Column(out, n);
      }
      case 4 -> {
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
          out[i] = (int) v[i];
        }
        yield new Int32Column(out, n);
      }
      case 8 -> new Int64Column(v, n);
      default -> throw new IllegalArgumentException(from.name() + " to " + to.name());
    };
  }

  private static Column wide(Column c, IntegerType from, IntegerType to) {
    int n = c.size();
    int w = to.bytes() / 8;
    long[] out = new long[Math.multiplyExact(n, w)];
    int have = Math.max(1, from.bytes() / 8);
    long[] v;
    if (c instanceof WideColumn wide) {
      v = wide.words();
    } else {
      v = new long[n];
      Numbers.toLongs(c, 0, n, from.signed(), v);
    }
    for (int i = 0; i < n; i++) {
      long fill = from.signed() && v[i * have + have - 1] < 0 ? -1 : 0;
      for (int k = 0; k < w; k++) {
        out[i * w + k] = k < have ? v[i * have + k] : fill;
      }
    }
    return new WideColumn(out, w, n);
  }

  private static Column floating(Column c, DataType from, FloatType to) {
    double[] v = new double[c.size()];
    Numbers.toDoubles(c, 0, v.length, !(from instanceof IntegerType i) || i.signed(), v);
    if (to.bytes() == 8) {
      return new Float64Column(v, v.length);
    }
    float[] out = new float[v.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) v[i];
    }
    return new Float32Column(out, out.length);
  }
}
