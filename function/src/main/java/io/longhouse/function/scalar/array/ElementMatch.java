package io.longhouse.function.scalar.array;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.CommonType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.Widening;
import io.longhouse.sql.ByteText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of arrays equal a value given per row, or the same for all rows; NULL equals NULL.
 * What {@code has}, {@code indexOf}, {@code countEqual} and {@code map[key]} are made of.
 */
final class ElementMatch {
  private enum By {
    LONGS,
    DOUBLES,
    BYTES,
    ORDER,
    NOTHING
  }

  private final DataType element;
  private final DataType value;
  private final DataType common;
  private final By by;
  private final @Nullable EnumType enumeration;

  private ElementMatch(
      DataType element, DataType value, DataType common, By by, @Nullable EnumType enumeration) {
    this.element = element;
    this.value = value;
    this.common = common;
    this.by = by;
    this.enumeration = enumeration;
  }

  /**
   * @param element the type of the elements, Nullable or a dictionary perhaps
   * @param value the type of what is looked for
   */
  static ElementMatch of(DataType element, DataType value, FunctionContext context) {
    DataType e = NullableType.strip(LowCardinalityType.strip(element));
    DataType v = NullableType.strip(LowCardinalityType.strip(value));
    if (e instanceof EnumType t && Signature.isString(v)) {
      return new ElementMatch(e, v, e, By.LONGS, t);
    }
    if (e instanceof NothingType || v instanceof NothingType) {
      return new ElementMatch(e, v, e, By.NOTHING, null);
    }
    if (isInteger(e) && isInteger(v)) {
      return new ElementMatch(e, v, e, By.LONGS, null);
    }
    if (isNumber(e) && isNumber(v)) {
      return new ElementMatch(e, v, FloatType.FLOAT64, By.DOUBLES, null);
    }
    DataType common = CommonType.of(e, v);
    By by =
        common.hasOrderLongs() && !(common instanceof FloatType)
            ? By.LONGS
            : Signature.isString(common) ? By.BYTES : By.ORDER;
    return new ElementMatch(e, v, common, by, null);
  }

  private static boolean isInteger(DataType t) {
    return t instanceof IntegerType i && i.bytes() <= 8;
  }

  private static boolean isNumber(DataType t) {
    return isInteger(t) || t instanceof FloatType;
  }

  /**
   * For each element 1 where it equals the value of its row.
   *
   * @param elements the elements of all rows, row r's from {@code offsets[r]} on
   * @param values what is looked for in each row
   */
  byte[] hits(Column elements, int[] offsets, Column values, int rows) {
    Column e = elements.plain();
    Column v = values instanceof ConstColumn c ? c.value().plain() : values.plain();
    int mask = Rows.mask(values);
    byte @Nullable [] elementNulls = e instanceof NullableColumn n ? n.nulls() : null;
    byte @Nullable [] valueNulls = v instanceof NullableColumn n ? n.nulls() : null;
    if (e instanceof NullableColumn n) {
      e = n.values();
    }
    if (v instanceof NullableColumn n) {
      v = n.values();
    }
    byte[] hits = new byte[offsets[rows]];
    switch (by) {
      case LONGS -> longs(hits, e, offsets, v, mask, rows);
      case DOUBLES -> doubles(hits, e, offsets, v, mask, rows);
      case BYTES -> bytes(hits, e, offsets, v, mask, rows);
      case ORDER -> order(hits, e, offsets, v, mask, rows);
      case NOTHING -> {}
    }
    if (elementNulls != null || valueNulls != null) {
      applyNulls(hits, elementNulls, valueNulls, offsets, mask, rows);
    }
    return hits;
  }

  private static void applyNulls(
      byte[] hits,
      byte @Nullable [] elementNulls,
      byte @Nullable [] valueNulls,
      int[] offsets,
      int mask,
      int rows) {
    for (int r = 0; r < rows; r++) {
      boolean wanted = valueNulls != null && valueNulls[r & mask] != 0;
      for (int i = offsets[r]; i < offsets[r + 1]; i++) {
        boolean isNull = elementNulls != null && elementNulls[i] != 0;
        if (wanted || isNull) {
          hits[i] = (byte) (wanted && isNull ? 1 : 0);
        }
      }
    }
  }

  private static boolean signed(DataType t) {
    return !(t instanceof IntegerType i) || i.signed();
  }

  private void longs(byte[] hits, Column e, int[] offsets, Column v, int mask, int rows) {
    long[] x = new long[hits.length];
    long[] y;
    // A value of one type with the sign bit set equals none of the other signedness.
    boolean mixed = isInteger(element) && isInteger(value) && signed(element) != signed(value);
    if (enumeration != null) {
      Numbers.toLongs(e, 0, hits.length, true, x);
      y = enumValues(enumeration, v);
    } else if (isInteger(element)) {
      Numbers.toLongs(e, 0, hits.length, signed(element), x);
      y = new long[v.size()];
      Numbers.toLongs(v, 0, v.size(), signed(value), y);
    } else {
      common.orderLongs(Widening.widen(e, element, common).full(), 0, hits.length, x);
      y = new long[v.size()];
      common.orderLongs(Widening.widen(v, value, common).full(), 0, v.size(), y);
    }
    for (int r = 0; r < rows; r++) {
      long wanted = y[r & mask];
      if (mixed && wanted < 0) {
        continue;
      }
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        hits[i] = (byte) (x[i] == wanted ? 1 : 0);
      }
    }
  }

  /** The numbers of names; a name that the enumeration lacks becomes a number that none has. */
  private static long[] enumValues(EnumType type, Column names) {
    Rows.Bytes b = Rows.bytes(names);
    long[] out = new long[names.size()];
    for (int i = 0; i < out.length; i++) {
      Integer number = type.valueOf(ByteText.decode(b.bytes(), b.from(i), b.to(i) - b.from(i)));
      out[i] = number == null ? Long.MIN_VALUE : number;
    }
    return out;
  }

  private void doubles(byte[] hits, Column e, int[] offsets, Column v, int mask, int rows) {
    double[] x = new double[hits.length];
    Numbers.toDoubles(e, 0, hits.length, signed(element), x);
    double[] y = new double[v.size()];
    Numbers.toDoubles(v, 0, v.size(), signed(value), y);
    for (int r = 0; r < rows; r++) {
      double wanted = y[r & mask];
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        hits[i] = (byte) (x[i] == wanted ? 1 : 0);
      }
    }
  }

  private static void bytes(byte[] hits, Column e, int[] offsets, Column v, int mask, int rows) {
    if (e instanceof FixedBytesColumn f && v instanceof StringColumn) {
      paddedBytes(hits, f, offsets, Rows.bytes(v), mask, rows);
      return;
    }
    Rows.Bytes x = Rows.bytes(e);
    Rows.Bytes y = Rows.bytes(v);
    for (int r = 0; r < rows; r++) {
      int from = y.offsets()[r & mask];
      int to = y.offsets()[(r & mask) + 1];
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        int a = x.offsets()[i];
        int b = x.offsets()[i + 1];
        if (b - a == to - from && Arrays.equals(x.bytes(), a, b, y.bytes(), from, to)) {
          hits[i] = 1;
        }
      }
    }
  }

  /** FixedString elements equal a string that is the same up to zeros at the end. */
  private static void paddedBytes(
      byte[] hits, FixedBytesColumn x, int[] offsets, Rows.Bytes y, int mask, int rows) {
    int w = x.width();
    for (int r = 0; r < rows; r++) {
      int from = y.offsets()[r & mask];
      int to = y.offsets()[(r & mask) + 1];
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        boolean equal =
            to - from <= w
                && Arrays.equals(x.bytes(), i * w, i * w + to - from, y.bytes(), from, to);
        for (int k = i * w + to - from; equal && k < (i + 1) * w; k++) {
          equal = x.bytes()[k] == 0;
        }
        hits[i] = (byte) (equal ? 1 : 0);
      }
    }
  }

  private void order(byte[] hits, Column e, int[] offsets, Column v, int mask, int rows) {
    Column x = Widening.widen(e, element, common).full();
    Column y = Widening.widen(v, value, common).full();
    for (int r = 0; r < rows; r++) {
      for (int i = offsets[r], end = offsets[r + 1]; i < end; i++) {
        hits[i] = (byte) (common.compare(x, i, y, r & mask, 1) == 0 ? 1 : 0);
      }
    }
  }
}
