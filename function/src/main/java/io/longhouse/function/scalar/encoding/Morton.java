package io.longhouse.function.scalar.encoding;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Z-order curves: the bits of up to eight numbers in turn. A tuple of ratios in front spreads the
 * bits of each number out by its ratio.
 */
@Register(
    kind = FunctionFactory.class,
    name = "mortonEncode",
    category = "Encoding",
    doc = "The place of a point of up to 8 dimensions on a Z-order curve.")
@Register(
    kind = FunctionFactory.class,
    name = "mortonDecode",
    category = "Encoding",
    doc = "The point at a place of a Z-order curve.")
final class Morton implements FunctionFactory {
  private static final int DIMENSIONS_MAX = 8;

  private final String name;

  Morton(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.TOO_FEW_ARGUMENTS_FOR_FUNCTION,
          "At least one UInt argument is required for function " + name);
    }
    var s = new Signature(name, arguments);
    return name.equals("mortonEncode") ? encoding(s) : decoding(s);
  }

  private LonghouseException outOfRange() {
    return new LonghouseException(
        ErrorCode.ARGUMENT_OUT_OF_BOUND,
        "Illegal argument of function " + name + ", should be a number in range 1-8");
  }

  /** The elements of a constant tuple of small numbers. */
  private int[] ratios(Signature s) {
    var types = ((TupleType) s.type(0)).elements();
    var values = ((TupleColumn) s.constant(0)).elements();
    int[] out = new int[types.size()];
    for (int i = 0; i < out.length; i++) {
      if (!(types.get(i) instanceof IntegerType t) || t.signed()) {
        throw s.illegal(0, "must be a tuple of unsigned numbers");
      }
      long ratio = Rows.longs(values.get(i).full(), false)[0];
      if (ratio < 1 || ratio > DIMENSIONS_MAX) {
        throw outOfRange();
      }
      out[i] = (int) ratio;
    }
    return out;
  }

  private static void unsigned(Signature s, int i) {
    if (!(s.type(i) instanceof IntegerType t) || t.signed() || t.bytes() > 8) {
      throw s.illegal(i, "should be a native UInt");
    }
  }

  private ScalarFunction encoding(Signature s) {
    boolean spread = s.type(0) instanceof TupleType;
    int first = spread ? 1 : 0;
    int n = s.size() - first;
    if (n > DIMENSIONS_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_ARGUMENTS_FOR_FUNCTION,
          "Illegal number of UInt arguments of function " + name + ", max: 8");
    }
    int[] ratios = new int[n];
    Arrays.fill(ratios, 1);
    if (spread) {
      ratios = ratios(s);
      if (ratios.length != n) {
        throw s.illegal(0, "must have as many elements as there are other arguments");
      }
    }
    for (int i = first; i < s.size(); i++) {
      unsigned(s, i);
    }
    int[] ratio = ratios;
    return Resolved.of(
        IntegerType.UINT64,
        (c, rows) -> {
          long[] out = new long[rows];
          for (int d = 0; d < n; d++) {
            long[] v = Rows.longs(c[first + d].full(), false);
            for (int r = 0; r < rows; r++) {
              out[r] |= spread(v[r], ratio[d], n, d);
            }
          }
          return new Int64Column(out, rows);
        });
  }

  /** Bit i of v at place {@code (i * ratio + ratio - 1) * n + d}. */
  private static long spread(long v, int ratio, int n, int d) {
    long out = 0;
    for (int i = 0; ; i++) {
      int at = (i * ratio + ratio - 1) * n + d;
      if (at >= 64 || i >= 64) {
        return out;
      }
      out |= (v >>> i & 1) << at;
    }
  }

  private ScalarFunction decoding(Signature s) {
    s.count(2);
    unsigned(s, 1);
    int[] ratios;
    if (s.type(0) instanceof TupleType) {
      ratios = ratios(s);
    } else {
      long n = s.constantInteger(0);
      if (n < 1 || n > DIMENSIONS_MAX) {
        throw outOfRange();
      }
      ratios = new int[(int) n];
      Arrays.fill(ratios, 1);
    }
    int n = ratios.length;
    List<DataType> types = Collections.nCopies(n, IntegerType.UINT64);
    return Resolved.of(
        new TupleType(types),
        (c, rows) -> {
          long[] v = Rows.longs(c[1].full(), false);
          List<Column> out = new ArrayList<>();
          for (int d = 0; d < n; d++) {
            long[] x = new long[rows];
            for (int r = 0; r < rows; r++) {
              x[r] = gather(v[r], ratios[d], n, d);
            }
            out.add(new Int64Column(x, rows));
          }
          return new TupleColumn(out, rows);
        });
  }

  private static long gather(long v, int ratio, int n, int d) {
    long out = 0;
    for (int i = 0; ; i++) {
      int at = (i * ratio + ratio - 1) * n + d;
      if (at >= 64 || i >= 64) {
        return out;
      }
      out |= (v >>> at & 1) << i;
    }
  }
}
