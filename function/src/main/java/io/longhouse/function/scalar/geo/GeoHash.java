package io.longhouse.function.scalar.geo;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
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
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Geohashes: bits of longitude and latitude in turn, beginning with longitude, five to a character.
 */
@Register(
    kind = FunctionFactory.class,
    name = "geohashEncode",
    category = "Geo",
    doc = "The geohash of a longitude and latitude, with 1 to 12 characters.")
@Register(
    kind = FunctionFactory.class,
    name = "geohashDecode",
    category = "Geo",
    doc = "The longitude and latitude of the middle of a geohash's cell.")
@Register(
    kind = FunctionFactory.class,
    name = "geohashesInBox",
    category = "Geo",
    doc = "All geohashes of a precision in a box: (lonMin, latMin, lonMax, latMax, precision).")
final class GeoHash implements FunctionFactory {
  private static final byte[] DIGITS =
      "0123456789bcdefghjkmnpqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[256];
  private static final int PRECISION_MAX = 12;
  private static final long CELLS_MAX = 10_000_000;

  static {
    java.util.Arrays.fill(VALUES, (byte) 31);
    for (int i = 0; i < 32; i++) {
      VALUES[DIGITS[i]] = (byte) i;
    }
  }

  private final String name;

  GeoHash(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    switch (name) {
      case "geohashEncode" -> {
        s.between(2, 3);
        coordinates(s, 2);
        boolean signed = s.size() == 3 && s.integer(2).signed();
        return Resolved.of(StringType.TYPE, (c, rows) -> encode(c, signed, rows));
      }
      case "geohashDecode" -> {
        s.count(1).string(0);
        return Resolved.of(
            new TupleType(
                List.of(FloatType.FLOAT64, FloatType.FLOAT64), List.of("longitude", "latitude")),
            (c, rows) -> decode(Rows.bytes(c[0]), rows));
      }
      default -> {
        s.count(5);
        coordinates(s, 4);
        for (int i = 1; i < 4; i++) {
          if (!s.type(i).equals(s.type(0))) {
            throw s.illegal(i, "must have the type of the other coordinates");
          }
        }
        if (!(s.type(4) instanceof IntegerType t) || t.bytes() > 1) {
          throw s.illegal(4, "must be UInt8");
        }
        return Resolved.throwing(new ArrayType(StringType.TYPE), GeoHash::inBox);
      }
    }
  }

  private static void coordinates(Signature s, int count) {
    for (int i = 0; i < count; i++) {
      if (!(s.type(i) instanceof FloatType)) {
        throw s.illegal(i, "must be Float32 or Float64");
      }
    }
  }

  private static int precision(long wanted) {
    return wanted <= 0 || wanted > PRECISION_MAX ? PRECISION_MAX : (int) wanted;
  }

  private static int longitudeBits(int precision) {
    return (precision * 5 + 1) / 2;
  }

  /** The first {@code bits} halvings of a range: 1 where the upper half is taken. */
  private static long halvings(double v, double min, double max, int bits) {
    double low = min;
    double high = max;
    long out = 0;
    for (int i = 0; i < bits; i++) {
      double middle = (high + low) / 2;
      boolean upper = v >= middle;
      out = out << 1 | (upper ? 1 : 0);
      low = upper ? middle : low;
      high = upper ? high : middle;
    }
    return out;
  }

  private static double middle(long halvings, double min, double max, int bits) {
    double low = min;
    double high = max;
    double middle = (high + low) / 2;
    for (int i = bits - 1; i >= 0; i--) {
      if ((halvings >>> i & 1) != 0) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (high + low) / 2;
    }
    return middle;
  }

  private static void write(double lon, double lat, int precision, StringColumn.Builder out) {
    int lonBits = longitudeBits(precision);
    int latBits = precision * 5 - lonBits;
    long x = halvings(lon, -180, 180, lonBits);
    long y = halvings(lat, -90, 90, latBits);
    int at = out.reserve(precision);
    byte[] arena = out.arena();
    for (int i = 0; i < precision; i++) {
      int digit = 0;
      for (int bit = 5 * i; bit < 5 * i + 5; bit++) {
        long from = (bit & 1) == 0 ? x >>> lonBits - 1 - bit / 2 : y >>> latBits - 1 - bit / 2;
        digit = digit << 1 | (int) (from & 1);
      }
      arena[at + i] = DIGITS[digit];
    }
    out.endRow(precision);
  }

  private static Column encode(Column[] c, boolean signed, int rows) {
    double[] lon = Rows.doubles(c[0], true);
    double[] lat = Rows.doubles(c[1], true);
    long[] precision = c.length > 2 ? Rows.longs(c[2], signed) : new long[] {PRECISION_MAX};
    int mask = c.length > 2 ? Rows.mask(c[2]) : 0;
    int lonMask = Rows.mask(c[0]);
    int latMask = Rows.mask(c[1]);
    var out = new StringColumn.Builder(rows);
    for (int r = 0; r < rows; r++) {
      write(lon[r & lonMask], lat[r & latMask], precision(precision[r & mask] & 0xFF), out);
    }
    return out.build();
  }

  private static Column decode(Rows.Bytes text, int rows) {
    double[] lon = new double[rows];
    double[] lat = new double[rows];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int precision = Math.min(PRECISION_MAX, text.to(r) - from);
      if (precision == 0) {
        continue;
      }
      long x = 0;
      long y = 0;
      for (int bit = 0; bit < 5 * precision; bit++) {
        int digit = VALUES[text.bytes()[from + bit / 5] & 0xFF];
        int value = digit >> 4 - bit % 5 & 1;
        if ((bit & 1) == 0) {
          x = x << 1 | value;
        } else {
          y = y << 1 | value;
        }
      }
      int lonBits = longitudeBits(precision);
      lon[r] = middle(x, -180, 180, lonBits);
      lat[r] = middle(y, -90, 90, precision * 5 - lonBits);
    }
    return new TupleColumn(
        List.of(new Float64Column(lon, rows), new Float64Column(lat, rows)), rows);
  }

  private static Column inBox(Column[] c, int rows) {
    double[][] corner = new double[4][];
    int[] mask = new int[4];
    for (int i = 0; i < 4; i++) {
      corner[i] = Rows.doubles(c[i], true);
      mask[i] = Rows.mask(c[i]);
    }
    long[] precision = Rows.longs(c[4], false);
    int precisionMask = Rows.mask(c[4]);
    var out = new StringColumn.Builder(rows);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      cells(
          corner[0][r & mask[0]],
          corner[1][r & mask[1]],
          corner[2][r & mask[2]],
          corner[3][r & mask[3]],
          precision(precision[r & precisionMask] & 0xFF),
          out);
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static void cells(
      double lonMin,
      double latMin,
      double lonMax,
      double latMax,
      int precision,
      StringColumn.Builder out) {
    if (!(lonMax >= lonMin && latMax >= latMin)) {
      return;
    }
    int lonBits = longitudeBits(precision);
    double lonStep = Math.scalb(360.0, -lonBits);
    double latStep = Math.scalb(180.0, lonBits - 5 * precision);
    double lon = Math.floor(Math.clamp(lonMin, -180, 180) / lonStep) * lonStep;
    double lat = Math.floor(Math.clamp(latMin, -90, 90) / latStep) * latStep;
    double right = Math.ceil(Math.clamp(lonMax, -180, 180) / lonStep) * lonStep;
    double top = Math.ceil(Math.clamp(latMax, -90, 90) / latStep) * latStep;
    long columns = (long) ((right - lon) / lonStep);
    long lines = (long) ((top - lat) / latStep);
    long cells = Math.max(1, columns * lines);
    if (cells > CELLS_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_ARRAY_SIZE,
          "geohashesInBox would produce "
              + cells
              + " array elements, which is bigger than the allowed maximum of "
              + CELLS_MAX);
    }
    if (columns * lines == 0) {
      write(lon, lat, precision, out);
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < lines; j++) {
        write(lon + lonStep * i, lat + latStep * j, precision, out);
      }
    }
  }
}
