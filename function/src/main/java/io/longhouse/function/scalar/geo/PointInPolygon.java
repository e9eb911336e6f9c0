package io.longhouse.function.scalar.geo;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pointInPolygon}. A constant polygon is checked and prepared once, and its edges belong to
 * it (those of a constant multipolygon do not); a polygon for each row is tested by casting a ray,
 * in which left and lower edges belong to it.
 */
@Register(
    kind = FunctionFactory.class,
    name = "pointInPolygon",
    category = "Geo",
    doc = "Whether a point is in a polygon, which may have holes and several parts.")
final class PointInPolygon implements FunctionFactory {
  private static final String NAME = "pointInPolygon";

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (arguments.size() < 2) {
      throw new LonghouseException(
          ErrorCode.TOO_FEW_ARGUMENTS_FOR_FUNCTION,
          "Function pointInPolygon requires at least 2 arguments");
    }
    var s = new Signature(NAME, arguments);
    requirePoint(s, 0, s.type(0));
    int depth = depth(s, 1);
    for (int i = 2; i < s.size(); i++) {
      if (depth == 3 || depth(s, i) != depth) {
        throw s.illegal(i, "must be an array of the same depth as the first polygon, at most 2");
      }
    }
    boolean constant = arguments.stream().skip(1).allMatch(Argument::isConstant);
    if (constant) {
      boolean several = depth == 3 || depth == 2 && s.size() > 2;
      List<PreparedPolygon> polygons = prepare(s, depth, several, context);
      return Resolved.of(
          IntegerType.UINT8, (c, rows) -> inPrepared(s.type(0), c[0], polygons, !several, rows));
    }
    if (s.size() > 2) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Multi-argument version of function pointInPolygon works only with const"
              + " Polygon/MultiPolygon");
    }
    return Resolved.of(
        IntegerType.UINT8,
        (c, rows) -> inEach(points(c[0], s.type(0)), Shapes.of(c[1].full(), s.type(1)), rows));
  }

  private static void requirePoint(Signature s, int i, DataType type) {
    if (!(type instanceof TupleType t)) {
      throw s.illegal(i, "must contain a tuple");
    }
    if (t.elements().size() != 2) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Argument " + (i + 1) + " for function pointInPolygon must have exactly two elements");
    }
    for (DataType e : t.elements()) {
      NumberShape shape = NumberShape.of(e);
      if (shape == null || shape.isWide() || shape.isDecimal()) {
        throw s.illegal(i, "must be a tuple of two numbers");
      }
    }
  }

  private static int depth(Signature s, int i) {
    DataType t = s.type(i);
    int depth = 0;
    while (t instanceof ArrayType a) {
      depth++;
      t = a.element();
    }
    if (depth == 0 || depth > 3) {
      throw s.illegal(i, "must be an array of tuples, in at most two more arrays");
    }
    requirePoint(s, i, t);
    return depth;
  }

  private static List<PreparedPolygon> prepare(
      Signature s, int depth, boolean several, FunctionContext context) {
    boolean validate = !"0".equals(context.setting("validate_polygons"));
    List<PreparedPolygon> out = new ArrayList<>();
    List<double[][]> rings = new ArrayList<>();
    for (int i = 1; i < s.size(); i++) {
      Shapes shapes = Shapes.of(s.constant(i), s.type(i));
      int first = depth == 3 ? shapes.offsets()[0][0] : 0;
      int last = depth == 3 ? shapes.offsets()[0][1] : 1;
      for (int p = first; p < last; p++) {
        int[] polygons = depth == 3 ? shapes.offsets()[1] : depth == 2 ? shapes.offsets()[0] : null;
        int to = polygons == null ? 1 : polygons[p + 1];
        for (int r = polygons == null ? 0 : polygons[p]; r < to; r++) {
          rings.add(
              new double[][] {
                java.util.Arrays.copyOfRange(shapes.xs(), shapes.from(r), shapes.to(r)),
                java.util.Arrays.copyOfRange(shapes.ys(), shapes.from(r), shapes.to(r))
              });
        }
        if (several) {
          out.add(PreparedPolygon.of(rings, validate));
          rings.clear();
        }
      }
    }
    if (!several) {
      out.add(PreparedPolygon.of(rings, validate));
    }
    return out;
  }

  /** A point's coordinates: places are rows, or 0 for all when the mask is 0. */
  private record Points(double[] xs, double[] ys, int mask) {}

  private static Points points(Column c, DataType type) {
    var tuple = (TupleColumn) (c instanceof ConstColumn k ? k.value() : c).full();
    var t = (TupleType) type;
    return new Points(
        coordinates(tuple.elements().get(0), t.elements().get(0)),
        coordinates(tuple.elements().get(1), t.elements().get(1)),
        Rows.mask(c));
  }

  private static double[] coordinates(Column c, DataType type) {
    NumberShape shape = NumberShape.of(type);
    return Rows.doubles(c.full(), shape == null || shape.signed());
  }

  private static Column inPrepared(
      DataType type, Column point, List<PreparedPolygon> polygons, boolean edges, int rows) {
    Points p = points(point, type);
    byte[] out = new byte[rows];
    for (PreparedPolygon polygon : polygons) {
      for (int r = 0; r < rows; r++) {
        int at = r & p.mask;
        out[r] |= (byte) (polygon.contains(p.xs[at], p.ys[at], edges) ? 1 : 0);
      }
    }
    return new Int8Column(out, rows);
  }

  private static Column inEach(Points p, Shapes shapes, int rows) {
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int at = r & p.mask;
      double x = p.xs[at];
      double y = p.ys[at];
      boolean inside = false;
      if (shapes.depth() == 3) {
        for (int i = shapes.offsets()[0][r]; i < shapes.offsets()[0][r + 1] && !inside; i++) {
          inside = inPolygon(shapes, shapes.offsets()[1][i], shapes.offsets()[1][i + 1], x, y);
        }
      } else if (shapes.depth() == 2) {
        inside = inPolygon(shapes, shapes.offsets()[0][r], shapes.offsets()[0][r + 1], x, y);
      } else {
        inside = inRing(shapes, r, x, y);
      }
      out[r] = (byte) (inside ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static boolean inPolygon(Shapes shapes, int first, int last, double x, double y) {
    for (int ring = first; ring < last; ring++) {
      if (inRing(shapes, ring, x, y) != (ring == first)) {
        return false;
      }
    }
    return true;
  }

  private static boolean inRing(Shapes shapes, int ring, double x, double y) {
    double[] xs = shapes.xs();
    double[] ys = shapes.ys();
    int from = shapes.from(ring);
    int to = shapes.to(ring);
    boolean inside = false;
    for (int i = from, j = to - 1; i < to && to - from > 1; j = i++) {
      boolean crosses =
          ys[i] > y != ys[j] > y && x < (xs[j] - xs[i]) * (y - ys[i]) / (ys[j] - ys[i]) + xs[i];
      inside ^= crosses;
    }
    return inside;
  }
}
