package io.longhouse.function.scalar.string;

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
import io.longhouse.sql.Utf8Sequence;
import java.util.List;

/** How far apart two strings are. */
@Register(
    kind = FunctionFactory.class,
    name = "editDistance",
    aliases = "levenshteinDistance",
    category = "String",
    doc = "The Levenshtein distance in bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "editDistanceUTF8",
    aliases = "levenshteinDistanceUTF8",
    category = "String",
    doc = "The Levenshtein distance in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "damerauLevenshteinDistance",
    category = "String",
    doc = "The edit distance in bytes in which swapping neighbours counts once.")
@Register(
    kind = FunctionFactory.class,
    name = "byteHammingDistance",
    aliases = "mismatches",
    category = "String",
    doc = "At how many places two strings have different bytes, the longer one's rest included.")
@Register(
    kind = FunctionFactory.class,
    name = "jaroSimilarity",
    category = "String",
    doc = "The Jaro similarity of two strings.")
@Register(
    kind = FunctionFactory.class,
    name = "jaroWinklerSimilarity",
    category = "String",
    doc = "The Jaro-Winkler similarity of two strings.")
@Register(
    kind = FunctionFactory.class,
    name = "stringJaccardIndex",
    category = "String",
    doc = "The Jaccard index of two strings as sets of bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "stringJaccardIndexUTF8",
    category = "String",
    doc = "The Jaccard index of two strings as sets of characters.")
final class Distance implements FunctionFactory {
  private static final int LENGTH_MAX = 1 << 16;

  private final String name;

  Distance(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(2).string(0).string(1);
    boolean fraction = name.startsWith("jaro") || name.startsWith("stringJaccard");
    return fraction
        ? Resolved.throwing(FloatType.FLOAT64, this::fractions)
        : Resolved.throwing(IntegerType.UINT64, this::counts);
  }

  private Column counts(Column[] c, int rows) {
    Rows.Bytes a = Rows.bytes(c[0]);
    Rows.Bytes b = Rows.bytes(c[1]);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int[] x = units(a, r);
      int[] y = units(b, r);
      out[r] =
          switch (name) {
            case "byteHammingDistance" -> hamming(x, y);
            case "damerauLevenshteinDistance" -> damerau(x, y);
            default -> levenshtein(x, y);
          };
    }
    return new Int64Column(out, rows);
  }

  private Column fractions(Column[] c, int rows) {
    Rows.Bytes a = Rows.bytes(c[0]);
    Rows.Bytes b = Rows.bytes(c[1]);
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      int[] x = units(a, r);
      int[] y = units(b, r);
      out[r] =
          switch (name) {
            case "jaroSimilarity" -> jaro(x, y);
            case "jaroWinklerSimilarity" -> jaroWinkler(x, y);
            default -> jaccard(x, y);
          };
    }
    return new Float64Column(out, rows);
  }

  /** Bytes or characters of one string. */
  private int[] units(Rows.Bytes text, int row) {
    int from = text.from(row);
    int to = text.to(row);
    byte[] b = text.bytes();
    boolean limited =
        name.startsWith("edit") || name.startsWith("damerau") || name.startsWith("jaro");
    if (limited && to - from > LENGTH_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_STRING_SIZE,
          "The string size is too big for function " + name + ", should be at most " + LENGTH_MAX);
    }
    if (!name.endsWith("UTF8")) {
      int[] out = new int[to - from];
      for (int i = 0; i < out.length; i++) {
        out[i] = b[from + i] & 0xFF;
      }
      return out;
    }
    int[] out = new int[to - from];
    int n = 0;
    for (int i = from; i < to; ) {
      int size = Utf8Sequence.length(b, i, to);
      if (size == 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Illegal UTF-8 sequence in an argument of function " + name);
      }
      out[n++] = Utf8Sequence.codePoint(b, i, size);
      i += size;
    }
    return java.util.Arrays.copyOf(out, n);
  }

  private static long hamming(int[] x, int[] y) {
    long n = Math.abs(x.length - y.length);
    for (int i = 0; i < Math.min(x.length, y.length); i++) {
      n += x[i] != y[i] ? 1 : 0;
    }
    return n;
  }

  private static long levenshtein(int[] x, int[] y) {
    int[] row = new int[y.length + 1];
    for (int j = 0; j <= y.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= x.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= y.length; j++) {
        int above = row[j];
        int replace = diagonal + (x[i - 1] == y[j - 1] ? 0 : 1);
        row[j] = Math.min(replace, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[y.length];
  }

  private static long damerau(int[] x, int[] y) {
    int[] before = new int[y.length + 1];
    int[] above = new int[y.length + 1];
    int[] row = new int[y.length + 1];
    for (int j = 0; j <= y.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= x.length; i++) {
      row[0] = i;
      for (int j = 1; j <= y.length; j++) {
        int cost = x[i - 1] == y[j - 1] ? 0 : 1;
        row[j] = Math.min(above[j - 1] + cost, Math.min(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] swap = before;
      before = above;
      above = row;
      row = swap;
    }
    return above[y.length];
  }

  private static double jaro(int[] x, int[] y) {
    if (x.length == 0 || y.length == 0) {
      // Not a similarity, but what ClickHouse gives: the length of the other one.
      return x.length + y.length;
    }
    int window = Math.max(0, Math.max(x.length, y.length) / 2 - 1);
    boolean[] matchedX = new boolean[x.length];
    boolean[] matchedY = new boolean[y.length];
    int matches = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = Math.max(0, i - window); j < Math.min(y.length, i + window + 1); j++) {
        if (!matchedY[j] && x[i] == y[j]) {
          matchedX[i] = true;
          matchedY[j] = true;
          matches++;
          break;
        }
      }
    }
    if (matches == 0) {
      return 0;
    }
    int swapped = 0;
    for (int i = 0, j = 0; i < x.length; i++) {
      if (matchedX[i]) {
        while (!matchedY[j]) {
          j++;
        }
        swapped += x[i] != y[j++] ? 1 : 0;
      }
    }
    double m = matches;
    return (m / x.length + m / y.length + (m - swapped / 2) / m) * (1.0 / 3);
  }

  private static double jaroWinkler(int[] x, int[] y) {
    double jaro = jaro(x, y);
    if (jaro <= 0.7 || x.length == 0 || y.length == 0) {
      return jaro;
    }
    int prefix = 0;
    while (prefix < 4 && prefix < Math.min(x.length, y.length) && x[prefix] == y[prefix]) {
      prefix++;
    }
    return jaro + 0.1 * prefix * (1 - jaro);
  }

  private static double jaccard(int[] x, int[] y) {
    if (x.length == 0 || y.length == 0) {
      return 0;
    }
    int[] a = java.util.Arrays.stream(x).sorted().distinct().toArray();
    int[] b = java.util.Arrays.stream(y).sorted().distinct().toArray();
    int both = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        both++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return (double) both / (a.length + b.length - both);
  }
}
