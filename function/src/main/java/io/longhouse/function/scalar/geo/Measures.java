package io.longhouse.function.scalar.geo;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * Areas and perimeters of rings, polygons and multipolygons as they are given: a ring that is not
 * closed is not closed here either, clockwise rings have positive areas. On the sphere of radius 1
 * coordinates are degrees.
 */
@Register(
    kind = FunctionFactory.class,
    name = "polygonAreaCartesian",
    category = "Geo Polygon",
    doc = "The area of a geometry on the plane.")
@Register(
    kind = FunctionFactory.class,
    name = "polygonAreaSpherical",
    category = "Geo Polygon",
    doc = "The area of a geometry on the unit sphere.")
@Register(
    kind = FunctionFactory.class,
    name = "polygonPerimeterCartesian",
    category = "Geo Polygon",
    doc = "The perimeter of a geometry on the plane.")
@Register(
    kind = FunctionFactory.class,
    name = "polygonPerimeterSpherical",
    category = "Geo Polygon",
    doc = "The perimeter of a geometry on the unit sphere.")
@Register(
    kind = FunctionFactory.class,
    name = "areaCartesian",
    category = "Geo",
    doc = "The area of a geometry on the plane, 0 for a point.")
@Register(
    kind = FunctionFactory.class,
    name = "areaSpherical",
    category = "Geo",
    doc = "The area of a geometry on the unit sphere, 0 for a point.")
@Register(
    kind = FunctionFactory.class,
    name = "perimeterCartesian",
    category = "Geo",
    doc = "The perimeter of a geometry on the plane, 0 for a point.")
@Register(
    kind = FunctionFactory.class,
    name = "perimeterSpherical",
    category = "Geo",
    doc = "The perimeter of a geometry on the unit sphere, 0 for a point.")
final class Measures implements FunctionFactory {
  private static final int CLOSED_RING_MIN = 4;

  private final String name;

  Measures(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    int depth = Shapes.geometry(s.type(0));
    if (depth == 0 && name.startsWith("polygon")) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "The argument of function " + name + " must not be Point");
    }
    boolean area = name.contains("rea");
    boolean sphere = name.endsWith("Spherical");
    return Resolved.of(
        FloatType.FLOAT64,
        (c, rows) ->
            depth == 0
                ? new Float64Column(new double[rows], rows)
                : measure(Shapes.of(c[0].full(), s.type(0)), area, sphere, rows));
  }

  private static Column measure(Shapes s, boolean area, boolean sphere, int rows) {
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int ring = s.firstRing(r); ring < s.lastRing(r); ring++) {
        out[r] += area ? area(s, ring, sphere) : perimeter(s, ring, sphere);
      }
    }
    return new Float64Column(out, rows);
  }

  private static double area(Shapes s, int ring, boolean sphere) {
    int from = s.from(ring);
    int to = s.to(ring);
    double sum = 0;
    for (int i = from; i + 1 < to && to - from >= CLOSED_RING_MIN; i++) {
      sum +=
          sphere
              ? excess(s.xs()[i], s.ys()[i], s.xs()[i + 1], s.ys()[i + 1])
              : (s.xs()[i] + s.xs()[i + 1]) * (s.ys()[i] - s.ys()[i + 1]);
    }
    return sphere ? sum : sum / 2;
  }

  /** The signed area between a side and the equator. */
  private static double excess(double lon1, double lat1, double lon2, double lat2) {
    double a = Math.tan(Math.toRadians(lat1) / 2);
    double b = Math.tan(Math.toRadians(lat2) / 2);
    double across = Math.IEEEremainder(Math.toRadians(lon2 - lon1), 2 * Math.PI);
    return lon1 == lon2 ? 0 : 2 * Math.atan((a + b) / (1 + a * b) * Math.tan(across / 2));
  }

  private static double perimeter(Shapes s, int ring, boolean sphere) {
    double sum = 0;
    for (int i = s.from(ring); i + 1 < s.to(ring); i++) {
      double dx = s.xs()[i + 1] - s.xs()[i];
      double dy = s.ys()[i + 1] - s.ys()[i];
      sum +=
          sphere
              ? arc(Math.toRadians(dx), Math.toRadians(s.ys()[i]), Math.toRadians(s.ys()[i + 1]))
              : Math.sqrt(dx * dx + dy * dy);
    }
    return sum;
  }

  private static double arc(double across, double lat1, double lat2) {
    double u = Math.sin((lat2 - lat1) / 2);
    double v = Math.sin(across / 2);
    return 2 * Math.asin(Math.sqrt(u * u + Math.cos(lat1) * Math.cos(lat2) * v * v));
  }
}
