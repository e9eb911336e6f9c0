package io.longhouse.function.scalar.geo;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
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

/** Means over all hexagons of a resolution of H3, from 0 to 15. */
@Register(
    kind = FunctionFactory.class,
    name = "h3EdgeLengthM",
    category = "Geo",
    doc = "The mean length of an edge in meters.")
@Register(
    kind = FunctionFactory.class,
    name = "h3EdgeLengthKm",
    category = "Geo",
    doc = "The mean length of an edge in kilometers.")
@Register(
    kind = FunctionFactory.class,
    name = "h3EdgeAngle",
    category = "Geo",
    doc = "The mean length of an edge in degrees.")
@Register(
    kind = FunctionFactory.class,
    name = "h3HexAreaM2",
    category = "Geo",
    doc = "The mean area of a hexagon in square meters.")
@Register(
    kind = FunctionFactory.class,
    name = "h3HexAreaKm2",
    category = "Geo",
    doc = "The mean area of a hexagon in square kilometers.")
@Register(
    kind = FunctionFactory.class,
    name = "h3NumHexagons",
    category = "Geo",
    doc = "How many indexes a resolution has.")
final class H3Measures implements FunctionFactory {
  private static final double[] EDGE_M = {
    1281256.011,
    483056.8391,
    182512.9565,
    68979.22179,
    26071.75968,
    9854.09099,
    3724.532667,
    1406.475763,
    531.4140101,
    200.7861476,
    75.86378287,
    28.66389748,
    10.83018784,
    4.092010473,
    1.546099657,
    0.58416863
  };

  private static final double[] EDGE_KM = {
    1281.256011,
    483.0568391,
    182.5129565,
    68.97922179,
    26.07175968,
    9.85409099,
    3.724532667,
    1.406475763,
    0.53141401,
    0.200786148,
    0.075863783,
    0.028663897,
    0.010830188,
    0.00409201,
    0.0015461,
    0.000584169
  };

  private static final double[] EDGE_DEGREES = {
    11.52259914663668,
    4.3442296264010825,
    1.6413766013676383,
    0.6203443459459533,
    0.23446870356972288,
    0.08861986945421964,
    0.033495489240202,
    0.012648726161963718,
    0.0047791156230439225,
    0.0018057111717950226,
    0.0006822586214258879,
    0.0002577803325851708,
    0.00009739810942678102,
    0.000036800292821586735,
    0.000013904392592436754,
    0.000005253548783179069
  };

  private static final double[] AREA_M2 = {
    4357449416078.39,
    609788441794.1339,
    86801780398.99731,
    12393434655.08818,
    1770347654.491309,
    252903858.1819452,
    36129062.1644125,
    5161293.359717198,
    737327.5975944188,
    105332.5134272069,
    15047.50190766437,
    2149.643129451882,
    307.0918756316063,
    43.87026794728301,
    6.267181135324322,
    0.8953115907605802
  };

  private static final double[] AREA_KM2 = {
    4357449.416078383,
    609788.4417941332,
    86801.7803989972,
    12393.43465508816,
    1770.347654491307,
    252.9038581819449,
    36.12906216441245,
    5.161293359717191,
    0.7373275975944177,
    0.1053325134272067,
    0.01504750190766435,
    0.002149643129451879,
    0.000307091875631606,
    0.00004387026794728296,
    0.000006267181135324313,
    8.95311590760579e-7
  };

  private final String name;

  H3Measures(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (!IntegerType.UINT8.equals(s.type(0))) {
      throw s.illegal(0, "must be UInt8");
    }
    double[] table =
        switch (name) {
          case "h3EdgeLengthM" -> EDGE_M;
          case "h3EdgeLengthKm" -> EDGE_KM;
          case "h3EdgeAngle" -> EDGE_DEGREES;
          case "h3HexAreaM2" -> AREA_M2;
          default -> AREA_KM2;
        };
    return name.equals("h3NumHexagons")
        ? Resolved.throwing(IntegerType.INT64, (c, rows) -> counts(c[0], rows))
        : Resolved.throwing(FloatType.FLOAT64, (c, rows) -> values(table, c[0], rows));
  }

  /** A resolution that exists. */
  static int checked(String function, long resolution) {
    if (resolution > H3Index.RESOLUTION_MAX) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "The argument 'resolution' ("
              + resolution
              + ") of function "
              + function
              + " is out of bounds because the maximum resolution in H3 library is 15");
    }
    return (int) resolution;
  }

  private Column values(double[] table, Column c, int rows) {
    long[] resolution = Rows.longs(c.full(), false);
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = table[checked(name, resolution[r])];
    }
    return new Float64Column(out, rows);
  }

  private Column counts(Column c, int rows) {
    long[] resolution = Rows.longs(c.full(), false);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long n = 1;
      for (int i = checked(name, resolution[r]); i > 0; i--) {
        n *= 7;
      }
      out[r] = 2 + 120 * n;
    }
    return new Int64Column(out, rows);
  }
}
