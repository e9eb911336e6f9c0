package io.longhouse.engine.exec;

import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import java.util.Locale;

/**
 * A limit of rows and bytes that settings put on a step, and what is beyond it: an error, or no
 * more input.
 *
 * @param rowsMax 0 for no limit
 * @param bytesMax 0 for no limit
 * @param stops whether the step takes no further blocks instead of failing
 */
public record SizeLimit(
    String subject, ErrorCode error, long rowsMax, long bytesMax, boolean stops) {
  private static final List<String> SIZES = List.of(" B", " KiB", " MiB", " GiB", " TiB", " PiB");
  private static final List<String> QUANTITIES =
      List.of("", " thousand", " million", " billion", " trillion", " quadrillion");

  static SizeLimit ofSort(Settings s) {
    return of(s, "result", ErrorCode.TOO_MANY_ROWS_OR_BYTES, "to_sort", "sort");
  }

  static SizeLimit ofDistinct(Settings s) {
    return of(s, "DISTINCT", ErrorCode.SET_SIZE_LIMIT_EXCEEDED, "in_distinct", "distinct");
  }

  /** The set that is the right side of IN. */
  public static SizeLimit ofSet(Settings s) {
    return of(s, "IN-set", ErrorCode.SET_SIZE_LIMIT_EXCEEDED, "in_set", "set");
  }

  /** What the client gets. */
  public static SizeLimit ofResult(Settings s) {
    return new SizeLimit(
        "result",
        ErrorCode.TOO_MANY_ROWS_OR_BYTES,
        s.number("max_result_rows"),
        s.number("max_result_bytes"),
        s.text("result_overflow_mode").equals("break"));
  }

  private static SizeLimit of(
      Settings s, String subject, ErrorCode error, String names, String mode) {
    return new SizeLimit(
        subject,
        error,
        s.number("max_rows_" + names),
        s.number("max_bytes_" + names),
        s.text(mode + "_overflow_mode").equals("break"));
  }

  public boolean isNone() {
    return rowsMax == 0 && bytesMax == 0;
  }

  /**
   * Whether to stop now.
   *
   * @throws LonghouseException if the limit is exceeded and not one to stop at
   */
  public boolean isReached(long rows, long bytes) {
    boolean rowsOver = rowsMax > 0 && rows > rowsMax;
    boolean over = rowsOver || bytesMax > 0 && bytes > bytesMax;
    if (over && !stops) {
      throw new LonghouseException(
          error,
          "Limit for "
              + subject
              + " exceeded, "
              + (rowsOver
                  ? "max rows: " + quantity(rowsMax) + ", current rows: " + quantity(rows)
                  : "max bytes: " + size(bytesMax) + ", current bytes: " + size(bytes)));
    }
    return over;
  }

  /** A number of rows as messages tell it: {@code 1.50 million}. */
  static String quantity(long rows) {
    return readable(rows, 1000, QUANTITIES);
  }

  /** A number of bytes as messages tell it: {@code 9.77 KiB}. */
  static String size(long bytes) {
    return readable(bytes, 1024, SIZES);
  }

  private static String readable(long value, double step, List<String> units) {
    double v = value;
    int unit = 0;
    while (v >= step && unit + 1 < units.size()) {
      v /= step;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f", v) + units.get(unit);
  }
}
