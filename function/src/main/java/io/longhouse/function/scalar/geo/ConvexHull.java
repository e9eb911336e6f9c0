package io.longhouse.function.scalar.geo;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.TypeFactory;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;

/** The smallest convex polygon around a geometry: clockwise from its leftmost point, closed. */
@Register(
    kind = FunctionFactory.class,
    name = "polygonConvexHullCartesian",
    category = "Geo Polygon",
    doc = "The convex hull of a geometry on the plane.")
final class ConvexHull implements FunctionFactory {
  private static final int POINTS_MIN = 4;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("polygonConvexHullCartesian", arguments).count(1);
    if (Shapes.geometry(s.type(0)) == 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The argument of function polygonConvexHullCartesian must not be a Point");
    }
    return Resolved.of(polygonType(), (c, rows) -> hulls(Shapes.of(c[0].full(), s.type(0)), rows));
  }

  private static DataType polygonType() {
    var point = new TupleType(List.of(FloatType.FLOAT64, FloatType.FLOAT64));
    return Registry.of(TypeFactory.class).entry("Polygon") != null
        ? DataTypes.parse("Polygon")
        : new ArrayType(new ArrayType(point));
  }

  private static Column hulls(Shapes s, int rows) {
    var xs = new Float64Column.Builder(rows * 4);
    var ys = new Float64Column.Builder(rows * 4);
    int[] rings = new int[rows + 1];
    int[] points = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int first = s.firstRing(r);
      int last = s.lastRing(r);
      int from = first < last ? s.from(first) : 0;
      hull(s, from, first < last ? s.to(last - 1) : 0, xs, ys);
      rings[r + 1] = r + 1;
      points[r + 1] = xs.size();
    }
    int n = xs.size();
    var tuple = new TupleColumn(List.of(xs.build(), ys.build()), n);
    return new ArrayColumn(rings, new ArrayColumn(points, tuple, rows), rows);
  }

  /** Upper side from left to right, then the lower one back. */
  private static void hull(
      Shapes s, int from, int to, Float64Column.Builder xs, Float64Column.Builder ys) {
    int n = to - from;
    if (n == 0) {
      return;
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> from + i);
    Arrays.sort(
        order,
        (a, b) -> {
          int x = Double.compare(s.xs()[a], s.xs()[b]);
          return x != 0 ? x : Double.compare(s.ys()[a], s.ys()[b]);
        });
    int[] hull = new int[2 * n + POINTS_MIN];
    int size = 0;
    for (int i = 0; i < n; i++) {
      size = turn(s, hull, size, 2, order[i]);
    }
    int least = size + 1;
    for (int i = n - 2; i >= 0; i--) {
      size = turn(s, hull, size, least, order[i]);
    }
    while (size < POINTS_MIN) {
      hull[size++] = order[0];
    }
    for (int i = 0; i < size; i++) {
      xs.add(s.xs()[hull[i]]);
      ys.add(s.ys()[hull[i]]);
    }
  }

  /** Adds a point after dropping those behind which the way would turn left or go straight. */
  private static int turn(Shapes s, int[] hull, int count, int least, int point) {
    int size = count;
    while (size >= least && cross(s, hull[size - 2], hull[size - 1], point) >= 0) {
      size--;
    }
    hull[size] = point;
    return size + 1;
  }

  private static double cross(Shapes s, int a, int b, int c) {
    double[] x = s.xs();
    double[] y = s.ys();
    return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
  }
}
