package io.longhouse.function.scalar.geo;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * A constant polygon: all edges of its rings, and the box around it. Rings are closed; the first
 * one is the outer one.
 */
final class PreparedPolygon {
  private final double[][] xs;
  private final double[][] ys;
  private final double left;
  private final double right;
  private final double bottom;
  private final double top;

  private PreparedPolygon(double[][] xs, double[][] ys) {
    this.xs = xs;
    this.ys = ys;
    double l = Double.POSITIVE_INFINITY;
    double b = Double.POSITIVE_INFINITY;
    double r = Double.NEGATIVE_INFINITY;
    double t = Double.NEGATIVE_INFINITY;
    for (int i = 0; xs.length > 0 && i < xs[0].length; i++) {
      l = Math.min(l, xs[0][i]);
      r = Math.max(r, xs[0][i]);
      b = Math.min(b, ys[0][i]);
      t = Math.max(t, ys[0][i]);
    }
    left = l;
    right = r;
    bottom = b;
    top = t;
  }

  /**
   * @param rings the x and y coordinates of each ring, closed or not
   * @param validate whether a polygon that is none throws BAD_ARGUMENTS (36)
   */
  static PreparedPolygon of(List<double[][]> rings, boolean validate) {
    double[][] xs = new double[rings.size()][];
    double[][] ys = new double[rings.size()][];
    for (int k = 0; k < xs.length; k++) {
      double[] x = rings.get(k)[0];
      double[] y = rings.get(k)[1];
      requireFinite(x, y);
      int n = x.length;
      boolean open = n > 0 && (x[0] != x[n - 1] || y[0] != y[n - 1]);
      xs[k] = java.util.Arrays.copyOf(x, open ? n + 1 : n);
      ys[k] = java.util.Arrays.copyOf(y, open ? n + 1 : n);
      if (open) {
        xs[k][n] = x[0];
        ys[k][n] = y[0];
      }
    }
    var polygon = new PreparedPolygon(xs, ys);
    if (validate) {
      polygon.validate();
    }
    return polygon;
  }

  private static void requireFinite(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      boolean fits = Math.abs(x[i]) < 0x1p63 && Math.abs(y[i]) < 0x1p63;
      long a = fits ? (long) x[i] : 0;
      long b = fits ? (long) y[i] : 0;
      if (!fits || Math.multiplyHigh(a, b) != a * b >> 63) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "The coordinates of the point are such that subsequent calculations cannot be performed"
                + " correctly. Most likely they are very large in modulus");
      }
    }
  }

  private static LonghouseException invalid(String why) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Polygon is not valid: Geometry has " + why);
  }

  private void validate() {
    for (int k = 0; k < xs.length; k++) {
      if (distinct(xs[k], ys[k]) < 4) {
        throw invalid("too few points");
      }
      requireNoSpikes(xs[k], ys[k]);
    }
    if (xs.length == 0) {
      throw invalid("too few points");
    }
    for (int k = 0; k < xs.length; k++) {
      if (area(xs[k], ys[k]) == 0) {
        throw invalid("wrong orientation");
      }
      for (int m = k; m < xs.length; m++) {
        requireNoCrossings(k, m);
      }
    }
    for (int k = 1; k < xs.length; k++) {
      if (place(xs[0], ys[0], xs[k][0], ys[k][0]) < 0) {
        throw invalid("interior rings defined outside the outer boundary");
      }
    }
  }

  /** Points without repetitions of the one before. */
  private static int distinct(double[] x, double[] y) {
    int n = x.length == 0 ? 0 : 1;
    for (int i = 1; i < x.length; i++) {
      n += x[i] != x[i - 1] || y[i] != y[i - 1] ? 1 : 0;
    }
    return n;
  }

  private static void requireNoSpikes(double[] x, double[] y) {
    int n = x.length - 1;
    for (int i = 0; i < n; i++) {
      int before = (i + n - 1) % n;
      int after = i + 1;
      double ux = x[i] - x[before];
      double uy = y[i] - y[before];
      double vx = x[after] - x[i];
      double vy = y[after] - y[i];
      if (ux * vy == uy * vx && ux * vx + uy * vy < 0) {
        throw invalid("spikes");
      }
    }
  }

  private static double area(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      sum += x[i] * y[i + 1] - x[i + 1] * y[i];
    }
    return sum / 2;
  }

  private void requireNoCrossings(int k, int m) {
    for (int i = 0; i + 1 < xs[k].length; i++) {
      for (int j = k == m ? i + 1 : 0; j + 1 < xs[m].length; j++) {
        double a = side(k, i, xs[m][j], ys[m][j]);
        double b = side(k, i, xs[m][j + 1], ys[m][j + 1]);
        double c = side(m, j, xs[k][i], ys[k][i]);
        double d = side(m, j, xs[k][i + 1], ys[k][i + 1]);
        if (a * b < 0 && c * d < 0) {
          throw invalid("invalid self-intersections");
        }
      }
    }
  }

  /** On which side of an edge a point is: positive on the left. */
  private double side(int ring, int i, double px, double py) {
    return (xs[ring][i + 1] - xs[ring][i]) * (py - ys[ring][i])
        - (ys[ring][i + 1] - ys[ring][i]) * (px - xs[ring][i]);
  }

  /** Whether the point is inside; on an edge or corner it is when {@code edges} says so. */
  boolean contains(double x, double y, boolean edges) {
    if (!(x >= left && x <= right && y >= bottom && y <= top) || left == right || bottom == top) {
      return false;
    }
    int outer = place(xs[0], ys[0], x, y);
    if (outer <= 0) {
      return outer == 0 && edges;
    }
    for (int k = 1; k < xs.length; k++) {
      int hole = place(xs[k], ys[k], x, y);
      if (hole >= 0) {
        return hole == 0 && edges;
      }
    }
    return true;
  }

  /** 1 inside a ring, 0 on its edges, -1 outside, by the number of turns around the point. */
  private static int place(double[] xs, double[] ys, double x, double y) {
    int turns = 0;
    for (int i = 0; i + 1 < xs.length; i++) {
      double ay = ys[i];
      double by = ys[i + 1];
      double side = (xs[i + 1] - xs[i]) * (y - ay) - (by - ay) * (x - xs[i]);
      if (side == 0
          && y >= Math.min(ay, by)
          && y <= Math.max(ay, by)
          && x >= Math.min(xs[i], xs[i + 1])
          && x <= Math.max(xs[i], xs[i + 1])) {
        return 0;
      }
      turns += ay <= y && by > y && side > 0 ? 1 : ay > y && by <= y && side < 0 ? -1 : 0;
    }
    return turns != 0 ? 1 : -1;
  }
}
