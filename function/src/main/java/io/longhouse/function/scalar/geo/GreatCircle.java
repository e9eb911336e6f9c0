package io.longhouse.function.scalar.geo;

import io.longhouse.column.Column;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.DoubleOperand;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/** Distances between two points of the earth; see {@link EarthDistance} for the method. */
@Register(
    kind = FunctionFactory.class,
    name = "greatCircleAngle",
    category = "Geo",
    doc = "The angle in degrees between two points of a sphere: (lon1, lat1, lon2, lat2).")
@Register(
    kind = FunctionFactory.class,
    name = "greatCircleDistance",
    category = "Geo",
    doc = "The distance in meters between two points of the earth as a sphere.")
@Register(
    kind = FunctionFactory.class,
    name = "geoDistance",
    category = "Geo",
    doc = "The distance in meters between two points of the WGS-84 ellipsoid.")
final class GreatCircle implements FunctionFactory {
  private final String name;

  GreatCircle(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(4);
    List<NumberShape> shapes = new ArrayList<>();
    boolean any64 = false;
    for (int i = 0; i < 4; i++) {
      NumberShape shape = NumberShape.of(s.type(i));
      if (shape == null) {
        throw s.illegal(i, "must be numeric");
      }
      any64 |= shape.isFloat() && shape.bytes() == 8;
      shapes.add(shape);
    }
    EarthDistance.Model model =
        switch (name) {
          case "greatCircleAngle" -> EarthDistance.Model.SPHERE_DEGREES;
          case "greatCircleDistance" -> EarthDistance.Model.SPHERE_METERS;
          default -> EarthDistance.Model.ELLIPSOID_METERS;
        };
    return any64
            && !"0".equals(context.setting("geo_distance_returns_float64_on_float64_arguments"))
        ? Resolved.of(FloatType.FLOAT64, (c, rows) -> doubles(model, shapes, c, rows))
        : Resolved.of(FloatType.FLOAT32, (c, rows) -> floats(model, shapes, c, rows));
  }

  private static DoubleOperand[] operands(List<NumberShape> shapes, Column[] c, int rows) {
    DoubleOperand[] in = new DoubleOperand[4];
    for (int i = 0; i < 4; i++) {
      in[i] = new DoubleOperand(c[i], shapes.get(i), rows);
    }
    return in;
  }

  private static Column doubles(
      EarthDistance.Model model, List<NumberShape> shapes, Column[] c, int rows) {
    DoubleOperand[] in = operands(shapes, c, rows);
    double[] out = new double[rows];
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      for (DoubleOperand d : in) {
        d.load(from, n);
      }
      for (int k = 0; k < n; k++) {
        out[from + k] =
            EarthDistance.of(
                model,
                in[0].array()[in[0].offset() + k],
                in[1].array()[in[1].offset() + k],
                in[2].array()[in[2].offset() + k],
                in[3].array()[in[3].offset() + k]);
      }
    }
    return new Float64Column(out, rows);
  }

  private static Column floats(
      EarthDistance.Model model, List<NumberShape> shapes, Column[] c, int rows) {
    DoubleOperand[] in = operands(shapes, c, rows);
    float[] out = new float[rows];
    for (int from = 0; from < rows; from += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - from);
      for (DoubleOperand d : in) {
        d.load(from, n);
      }
      for (int k = 0; k < n; k++) {
        out[from + k] =
            EarthDistance.of(
                model,
                (float) in[0].array()[in[0].offset() + k],
                (float) in[1].array()[in[1].offset() + k],
                (float) in[2].array()[in[2].offset() + k],
                (float) in[3].array()[in[3].offset() + k]);
      }
    }
    return new Float32Column(out, rows);
  }
}
