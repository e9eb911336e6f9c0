package io.longhouse.bench;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Whether two results say the same. */
final class Results {
  private static final double TOLERANCE = 1e-9;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?(e[-+]?\\d+)?");

  private Results() {}

  /**
   * Equal text, but numbers that are not whole may differ in the tenth digit.
   *
   * @param estimateTolerance how far, in parts of it, the first column may be off if it is an
   *     estimate
   */
  static boolean isSame(Query query, String a, String b, double estimateTolerance) {
    if (a.equals(b)) {
      return true;
    }
    String[] left = a.split("\n");
    String[] right = b.split("\n");
    boolean same = left.length == right.length;
    if (query.order() == Query.Order.TIES) {
      for (int i = 0; same && i < left.length; i++) {
        same = count(left[i]).equals(count(right[i]));
      }
      left = withoutLast(left);
      right = withoutLast(right);
    }
    if (query.order() != Query.Order.FULL) {
      Arrays.sort(left);
      Arrays.sort(right);
    }
    double first = query.estimates() ? estimateTolerance : 0;
    for (int i = 0; same && i < left.length; i++) {
      same = isSameRow(left[i].split("\t"), right[i].split("\t"), first);
    }
    return same;
  }

  private static String count(String row) {
    return row.split("\t", 3)[1];
  }

  /** Leaves the count alone of the rows that share the last one's: LIMIT takes any of them. */
  private static String[] withoutLast(String[] rows) {
    String last = count(rows[rows.length - 1]);
    return Arrays.stream(rows).map(r -> count(r).equals(last) ? last : r).toArray(String[]::new);
  }

  private static boolean isSameRow(String[] a, String[] b, double firstTolerance) {
    boolean same = a.length == b.length;
    for (int i = 0; same && i < a.length; i++) {
      same =
          a[i].equals(b[i])
              || isClose(a[i], b[i])
              || i == 0 && firstTolerance > 0 && isWithin(firstTolerance, a[0], b[0]);
    }
    return same;
  }

  private static boolean isClose(String a, String b) {
    // A double without a fraction is written as a whole number; one of 16 digits is no count.
    boolean whole = isWhole(a) && isWhole(b) && Math.min(a.length(), b.length()) < 16;
    if (whole || !NUMBER.matcher(a).matches() || !NUMBER.matcher(b).matches()) {
      return false;
    }
    return isWithin(TOLERANCE, a, b);
  }

  private static boolean isWithin(double tolerance, String a, String b) {
    double x = Double.parseDouble(a);
    double y = Double.parseDouble(b);
    return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
  }

  private static boolean isWhole(String number) {
    return number.indexOf('.') < 0 && number.indexOf('e') < 0;
  }
}
