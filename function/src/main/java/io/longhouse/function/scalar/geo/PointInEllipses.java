package io.longhouse.function.scalar.geo;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
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

/** Whether a point is in any of several ellipses whose axes are those of the plane. */
@Register(
    kind = FunctionFactory.class,
    name = "pointInEllipses",
    category = "Geo",
    doc = "Whether (x, y) is in any of the ellipses given as x, y, a, b.")
final class PointInEllipses implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int n = arguments.size();
    if (n < 6 || n % 4 != 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Incorrect number of arguments of function pointInEllipses. Must be 2 for your point plus"
              + " 4 * N for ellipses (x_i, y_i, a_i, b_i)");
    }
    var s = new Signature("pointInEllipses", arguments);
    double[] ellipses = new double[n - 2];
    for (int i = 0; i < n; i++) {
      if (!s.type(i).equals(FloatType.FLOAT64)) {
        throw s.illegal(i, "must be Float64");
      }
      if (i >= 2) {
        if (!arguments.get(i).isConstant()) {
          throw s.illegal(i, "must be const Float64");
        }
        ellipses[i - 2] = ((Float64Column) s.constant(i).full()).values()[0];
      }
    }
    if (arguments.get(0).isConstant() != arguments.get(1).isConstant()) {
      throw s.illegal(0, "must be constant if and only if the second one is");
    }
    return Resolved.of(IntegerType.UINT8, (c, rows) -> inside(c, ellipses, rows));
  }

  private static Column inside(Column[] c, double[] ellipses, int rows) {
    double[] xs = Rows.doubles(c[0], true);
    double[] ys = Rows.doubles(c[1], true);
    int xMask = Rows.mask(c[0]);
    int yMask = Rows.mask(c[1]);
    byte[] out = new byte[rows];
    for (int e = 0; e < ellipses.length; e += 4) {
      double x = ellipses[e];
      double y = ellipses[e + 1];
      double a2 = ellipses[e + 2] * ellipses[e + 2];
      double b2 = ellipses[e + 3] * ellipses[e + 3];
      for (int r = 0; r < rows; r++) {
        double dx = xs[r & xMask] - x;
        double dy = ys[r & yMask] - y;
        out[r] |= (byte) (dx * dx / a2 + dy * dy / b2 <= 1 ? 1 : 0);
      }
    }
    return new Int8Column(out, rows);
  }
}
