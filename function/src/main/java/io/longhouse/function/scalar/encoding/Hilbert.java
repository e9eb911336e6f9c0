package io.longhouse.function.scalar.encoding;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.TupleColumn;
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
import java.util.List;

/** Hilbert curves in one dimension, which are the numbers themselves, and in two. */
@Register(
    kind = FunctionFactory.class,
    name = "hilbertEncode",
    category = "Encoding",
    doc = "The place of a point of 1 or 2 dimensions on a Hilbert curve.")
@Register(
    kind = FunctionFactory.class,
    name = "hilbertDecode",
    category = "Encoding",
    doc = "The point at a place of a Hilbert curve.")
final class Hilbert implements FunctionFactory {
  private final String name;

  Hilbert(String name) {
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
    return name.equals("hilbertEncode") ? encoding(s) : decoding(s);
  }

  private static void unsigned(Signature s, int i) {
    if (!(s.type(i) instanceof IntegerType t) || t.signed() || t.bytes() > 8) {
      throw s.illegal(i, "should be a native UInt");
    }
  }

  /** How far each number is shifted, as a constant tuple in front says. */
  private int[] shifts(Signature s) {
    var values = ((TupleColumn) s.constant(0)).elements();
    int[] out = new int[values.size()];
    for (int i = 0; i < out.length; i++) {
      if (!(((TupleType) s.type(0)).elements().get(i) instanceof IntegerType t) || t.signed()) {
        throw s.illegal(0, "must be a tuple of unsigned numbers");
      }
      long shift = Rows.longs(values.get(i).full(), false)[0];
      if (shift < 0 || shift > 32) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND,
            "Illegal argument of function " + name + ", should be a number in range 0-32");
      }
      out[i] = (int) shift;
    }
    return out;
  }

  private ScalarFunction encoding(Signature s) {
    boolean shifted = s.type(0) instanceof TupleType;
    int first = shifted ? 1 : 0;
    int n = s.size() - first;
    if (n > 2) {
      throw new LonghouseException(
          ErrorCode.TOO_MANY_ARGUMENTS_FOR_FUNCTION,
          "Illegal number of UInt arguments of function "
              + name
              + ": should be not more than 2 dimensions");
    }
    for (int i = first; i < s.size(); i++) {
      unsigned(s, i);
    }
    int[] shifts = shifted ? shifts(s) : new int[n];
    if (shifts.length != n) {
      throw s.illegal(0, "must have as many elements as there are other arguments");
    }
    return Resolved.of(
        IntegerType.UINT64,
        (c, rows) -> {
          long[] x = Rows.longs(c[first].full(), false);
          long[] y = n == 2 ? Rows.longs(c[first + 1].full(), false) : x;
          long[] out = new long[rows];
          for (int r = 0; r < rows; r++) {
            out[r] =
                n == 1
                    ? x[r] << shifts[0]
                    : place((int) (x[r] << shifts[0]), (int) (y[r] << shifts[1]));
          }
          return new Int64Column(out, rows);
        });
  }

  private ScalarFunction decoding(Signature s) {
    s.count(2);
    unsigned(s, 1);
    int[] shifts =
        s.type(0) instanceof TupleType ? shifts(s) : new int[dimensions(s.constantInteger(0))];
    dimensions(shifts.length);
    return shifts.length == 1
        ? Resolved.of(
            new TupleType(List.of(IntegerType.UINT64)),
            (c, rows) -> {
              long[] v = Rows.longs(c[1].full(), false);
              for (int r = 0; r < rows; r++) {
                v[r] >>>= shifts[0];
              }
              return new TupleColumn(List.of(new Int64Column(v, rows)), rows);
            })
        : Resolved.of(
            new TupleType(List.of(IntegerType.UINT64, IntegerType.UINT64)),
            (c, rows) -> points(Rows.longs(c[1].full(), false), shifts, rows));
  }

  private int dimensions(long n) {
    if (n < 1 || n > 2) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Illegal first argument for function " + name + ", should be a number in range 1-2");
    }
    return (int) n;
  }

  /** From the highest bits down: the quadrant, and how the curve lies in it. */
  private static long place(int x, int y) {
    long out = 0;
    int a = y;
    int b = x;
    for (int bit = 31; bit >= 0; bit--) {
      int rx = a >>> bit & 1;
      int ry = b >>> bit & 1;
      out = out << 2 | (3 * rx ^ ry);
      if (ry == 0) {
        if (rx == 1) {
          a = ~a;
          b = ~b;
        }
        int swap = a;
        a = b;
        b = swap;
      }
    }
    return out;
  }

  private static Column points(long[] v, int[] shifts, int rows) {
    long[] xs = new long[rows];
    long[] ys = new long[rows];
    for (int r = 0; r < rows; r++) {
      long x = 0;
      long y = 0;
      for (int bit = 0; bit < 32; bit++) {
        int quadrant = (int) (v[r] >>> 2 * bit & 3);
        int rx = quadrant >>> 1;
        int ry = (quadrant ^ rx) & 1;
        if (ry == 0) {
          long mask = (1L << bit) - 1;
          if (rx == 1) {
            x = ~x & mask;
            y = ~y & mask;
          }
          long swap = x;
          x = y;
          y = swap;
        }
        x |= (long) rx << bit;
        y |= (long) ry << bit;
      }
      xs[r] = y >>> shifts[0];
      ys[r] = x >>> shifts[1];
    }
    return new TupleColumn(List.of(new Int64Column(xs, rows), new Int64Column(ys, rows)), rows);
  }
}
