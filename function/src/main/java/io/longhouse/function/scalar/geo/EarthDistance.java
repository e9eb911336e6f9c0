package io.longhouse.function.scalar.geo;

/**
 * Distances of points given in degrees. Where the longitudes are less than 13 degrees apart the
 * surface is a plane whose scale depends on the latitude between the points, else the haversine
 * formula is taken. Sines, arc sines and scales come from tables with linear interpolation, the
 * same as ClickHouse's, so that results are equal to the last bits. The loops exist for both
 * precisions, since in single precision every step rounds.
 */
final class EarthDistance {
  /** What the distance is measured on, and in. */
  enum Model {
    SPHERE_DEGREES,
    SPHERE_METERS,
    ELLIPSOID_METERS
  }

  private static final int COSINES = 1024;
  private static final int ARC_SINES = 512;
  private static final int LATITUDES = 1024;

  /** Of the sphere with the earth's surface, in meters. */
  private static final double DIAMETER = 2 * 6371007.180918475;

  private static final double[] COS = new double[COSINES + 1];
  private static final double[] ARC_SIN_OF_ROOT = new double[ARC_SINES + 1];

  /** Squares of the units for a degree of longitude by latitude from the south pole. */
  private static final double[][] LONGITUDE = new double[3][LATITUDES + 1];

  /** The same for a degree of latitude. */
  private static final double[][] LATITUDE = new double[3][LATITUDES + 1];

  private static final float[] COS_F;
  private static final float[] ARC_SIN_OF_ROOT_F;
  private static final float[][] LONGITUDE_F = new float[3][];
  private static final float[][] LATITUDE_F = new float[3][];

  static {
    for (int i = 0; i <= COSINES; i++) {
      COS[i] = Math.cos(2 * Math.PI * i / COSINES);
    }
    for (int i = 0; i <= ARC_SINES; i++) {
      ARC_SIN_OF_ROOT[i] = Math.asin(Math.sqrt((double) i / ARC_SINES));
    }
    for (int i = 0; i <= LATITUDES; i++) {
      double a = i * (Math.PI / LATITUDES) - Math.PI * 0.5;
      LATITUDE[0][i] = 1;
      LATITUDE[1][i] = square(DIAMETER * Math.PI / 360);
      LATITUDE[2][i] = square(111132.09 - 566.05 * Math.cos(2 * a) + 1.20 * Math.cos(4 * a));
      LONGITUDE[0][i] = square(Math.cos(a));
      LONGITUDE[1][i] = square(DIAMETER * Math.PI / 360 * Math.cos(a));
      LONGITUDE[2][i] =
          square(111415.13 * Math.cos(a) - 94.55 * Math.cos(3 * a) + 0.12 * Math.cos(5 * a));
    }
    COS_F = floats(COS);
    ARC_SIN_OF_ROOT_F = floats(ARC_SIN_OF_ROOT);
    for (int m = 0; m < 3; m++) {
      LONGITUDE_F[m] = floats(LONGITUDE[m]);
      LATITUDE_F[m] = floats(LATITUDE[m]);
    }
    // In single precision this square is taken of the rounded unit.
    java.util.Arrays.fill(LATITUDE_F[1], square((float) DIAMETER * (float) Math.PI / 360f));
  }

  private EarthDistance() {}

  private static double square(double v) {
    return v * v;
  }

  private static float square(float v) {
    return v * v;
  }

  private static float[] floats(double[] v) {
    float[] out = new float[v.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) v[i];
    }
    return out;
  }

  /** What x86 makes of a number that is none or too large for a table's place. */
  private static int place(double v, int mask) {
    return Double.isNaN(v) || Math.abs(v) >= 0x1p63 ? 0 : (int) (long) v & mask;
  }

  private static double turn(double degrees) {
    double d = Math.abs(degrees);
    return d > 180 ? 360 - d : d;
  }

  private static double cosine(double x) {
    double y = Math.abs(x) * (1024 / Math.PI / 2);
    return between(COS, y, place(y, COSINES - 1));
  }

  private static double sine(double x) {
    double y = Math.abs(x) * (1024 / Math.PI / 2);
    return between(COS, y, place(y, COSINES - 1) - COSINES / 4 & COSINES - 1);
  }

  private static double between(double[] table, double y, int i) {
    return table[i] + (table[i + 1] - table[i]) * (y - (long) y);
  }

  private static double arcSineOfRoot(double x) {
    if (x < 0.122) {
      double y = Math.sqrt(x);
      return y + x * y * 0.166666666666666 + x * x * y * 0.075 + x * x * x * y * 0.044642857142857;
    }
    if (x < 0.948) {
      double y = x * ARC_SINES;
      return between(ARC_SIN_OF_ROOT, y, (int) y);
    }
    return Math.asin(Math.sqrt(x));
  }

  /** The distance of (lon1, lat1) and (lon2, lat2). */
  static double of(Model model, double lon1, double lat1, double lon2, double lat2) {
    double dLat = turn(lat1 - lat2);
    double dLon = turn(lon1 - lon2);
    int m = model.ordinal();
    if (dLon < 13) {
      double y = (lat1 + lat2 + 180) * LATITUDES / 360;
      int i = place(y, LATITUDES - 1);
      double rest = y - i;
      double lat = LATITUDE[m][i] + (LATITUDE[m][i + 1] - LATITUDE[m][i]) * rest;
      double lon = LONGITUDE[m][i] + (LONGITUDE[m][i + 1] - LONGITUDE[m][i]) * rest;
      return Math.sqrt(lat * dLat * dLat + lon * dLon * dLon);
    }
    double radian = (Math.PI / 180);
    double half = (Math.PI / 360);
    double a =
        square(sine(dLat * half))
            + cosine(lat1 * radian) * cosine(lat2 * radian) * square(sine(dLon * half));
    double unit = m == 0 ? 360 / Math.PI : DIAMETER;
    return unit * arcSineOfRoot(a);
  }

  private static float turn(float degrees) {
    float d = Math.abs(degrees);
    return d > 180 ? 360 - d : d;
  }

  private static float cosine(float x) {
    float y = Math.abs(x) * (1024f / (float) Math.PI / 2f);
    return between(COS_F, y, place(y, COSINES - 1));
  }

  private static float sine(float x) {
    float y = Math.abs(x) * (1024f / (float) Math.PI / 2f);
    return between(COS_F, y, place(y, COSINES - 1) - COSINES / 4 & COSINES - 1);
  }

  private static float between(float[] table, float y, int i) {
    return table[i] + (table[i + 1] - table[i]) * (y - (long) y);
  }

  private static float arcSineOfRoot(float x) {
    if (x < 0.122f) {
      float y = (float) Math.sqrt(x);
      return y
          + x * y * 0.166666666666666f
          + x * x * y * 0.075f
          + x * x * x * y * 0.044642857142857f;
    }
    if (x < 0.948f) {
      float y = x * ARC_SINES;
      return between(ARC_SIN_OF_ROOT_F, y, (int) y);
    }
    return (float) Math.asin((float) Math.sqrt(x));
  }

  /** The distance of (lon1, lat1) and (lon2, lat2). */
  static float of(Model model, float lon1, float lat1, float lon2, float lat2) {
    float dLat = turn(lat1 - lat2);
    float dLon = turn(lon1 - lon2);
    int m = model.ordinal();
    if (dLon < 13) {
      float y = (lat1 + lat2 + 180) * LATITUDES / 360;
      int i = place(y, LATITUDES - 1);
      float rest = y - i;
      float lat = LATITUDE_F[m][i] + (LATITUDE_F[m][i + 1] - LATITUDE_F[m][i]) * rest;
      float lon = LONGITUDE_F[m][i] + (LONGITUDE_F[m][i + 1] - LONGITUDE_F[m][i]) * rest;
      return (float) Math.sqrt(lat * dLat * dLat + lon * dLon * dLon);
    }
    float radian = (float) (Math.PI / 180);
    float half = (float) (Math.PI / 360);
    float a =
        square(sine(dLat * half))
            + cosine(lat1 * radian) * cosine(lat2 * radian) * square(sine(dLon * half));
    float unit = m == 0 ? 360f / (float) Math.PI : (float) DIAMETER;
    return unit * arcSineOfRoot(a);
  }
}
