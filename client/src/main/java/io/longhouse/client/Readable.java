package io.longhouse.client;

import java.util.Locale;

/** Numbers as people read them. */
final class Readable {
  private static final String[] QUANTITIES = {
    "", " thousand", " million", " billion", " trillion", " quadrillion"
  };
  private static final String[] SIZES = {" B", " KB", " MB", " GB", " TB", " PB", " EB"};

  private Readable() {}

  /** {@code 1.23 million}. */
  static String quantity(double value) {
    return scaled(value, 1000, QUANTITIES);
  }

  /** {@code 9.84 MB}, in powers of ten. */
  static String size(double bytes) {
    return scaled(bytes, 1000, SIZES);
  }

  private static String scaled(double value, double step, String[] units) {
    int unit = 0;
    double v = value;
    while (Math.abs(v) >= step && unit + 1 < units.length) {
      v /= step;
      unit++;
    }
    String digits =
        unit == 0 && v == Math.rint(v)
            ? Long.toString((long) v)
            : String.format(Locale.ROOT, "%.2f", v);
    return digits + units[unit];
  }

  /** Seconds with three digits. */
  static String seconds(long ns) {
    return String.format(Locale.ROOT, "%.3f", ns / 1e9);
  }
}
