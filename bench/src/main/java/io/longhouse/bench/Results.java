package io.longhouse.bench;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Whether two results say the same. */
final class Results {
  private static final double TOLERANCE = 1e-9;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?(e[-+]?\\d+)?");

  private Results() {}

  /** Equal text, but numbers that are not whole may differ in the tenth digit. */
  static boolean isSame(Query query, String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    String[] left = a.split("\n");
    String[] right = b.split("\n");
    if (!query.ordered()) {
      Arrays.sort(left);
      Arrays.sort(right);
    }
    boolean same = left.length == right.length;
    for (int i = 0; same && i < left.length; i++) {
      same = isSameRow(left[i].split("\t"), right[i].split("\t"));
    }
    return same;
  }

  private static boolean isSameRow(String[] a, String[] b) {
    boolean same = a.length == b.length;
    for (int i = 0; same && i < a.length; i++) {
      same = a[i].equals(b[i]) || isClose(a[i], b[i]);
    }
    return same;
  }

  private static boolean isClose(String a, String b) {
    // A double without a fraction is written as a whole number; one of 16 digits is no count.
    boolean whole = isWhole(a) && isWhole(b) && Math.min(a.length(), b.length()) < 16;
    if (whole || !NUMBER.matcher(a).matches() || !NUMBER.matcher(b).matches()) {
      return false;
    }
    double x = Double.parseDouble(a);
    double y = Double.parseDouble(b);
    return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
  }

  private static boolean isWhole(String number) {
    return number.indexOf('.') < 0 && number.indexOf('e') < 0;
  }
}
