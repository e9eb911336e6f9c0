package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int8Column;
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
import io.longhouse.sql.ByteText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Facts of strings' bytes. */
@Register(
    kind = FunctionFactory.class,
    name = "hasSubsequence",
    caseInsensitive = true,
    category = "Search",
    doc =
        "Whether the second string's bytes stand in the first in their order, others between them.")
@Register(
    kind = FunctionFactory.class,
    name = "hasSubsequenceUTF8",
    caseInsensitive = true,
    category = "Search",
    doc = "As hasSubsequence for characters.")
@Register(
    kind = FunctionFactory.class,
    name = "hasSubsequenceCaseInsensitive",
    caseInsensitive = true,
    category = "Search",
    doc = "As hasSubsequence without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "hasSubsequenceCaseInsensitiveUTF8",
    caseInsensitive = true,
    category = "Search",
    doc = "As hasSubsequenceUTF8 without regard to case.")
@Register(
    kind = FunctionFactory.class,
    name = "stringBytesUniq",
    category = "String",
    doc = "How many different bytes a string has.")
@Register(
    kind = FunctionFactory.class,
    name = "stringBytesEntropy",
    category = "String",
    doc = "Shannon's entropy of a string's bytes, in bits.")
final class HasSubsequence implements FunctionFactory {
  private final String name;

  HasSubsequence(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    if (name.startsWith("stringBytes")) {
      s.count(1).string(0);
      return name.endsWith("Uniq")
          ? Resolved.of(IntegerType.UINT16, (c, rows) -> uniq(Rows.bytes(c[0]), rows))
          : Resolved.of(FloatType.FLOAT64, (c, rows) -> entropy(Rows.bytes(c[0]), rows));
    }
    s.count(2).string(0).string(1);
    boolean fold = name.contains("CaseInsensitive");
    boolean utf8 = name.endsWith("UTF8");
    return Resolved.of(
        IntegerType.UINT8,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          Rows.Bytes wanted = Rows.bytes(c[1]);
          byte[] out = new byte[rows];
          for (int r = 0; r < rows; r++) {
            out[r] =
                (byte) (has(folded(text, r, fold, utf8), folded(wanted, r, fold, utf8)) ? 1 : 0);
          }
          return new Int8Column(out, rows);
        });
  }

  private static String folded(Rows.Bytes b, int row, boolean fold, boolean utf8) {
    int from = b.from(row);
    int n = b.to(row) - from;
    String s =
        utf8
            ? ByteText.decode(b.bytes(), from, n)
            : new String(b.bytes(), from, n, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (!fold) {
      return s;
    }
    if (utf8) {
      return s.toLowerCase(Locale.ROOT);
    }
    char[] chars = s.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = chars[i] >= 'A' && chars[i] <= 'Z' ? (char) (chars[i] + 32) : chars[i];
    }
    return new String(chars);
  }

  private static boolean has(String text, String wanted) {
    int k = 0;
    for (int i = 0; i < text.length() && k < wanted.length(); i++) {
      k += text.charAt(i) == wanted.charAt(k) ? 1 : 0;
    }
    return k == wanted.length();
  }

  private static Column uniq(Rows.Bytes b, int rows) {
    short[] out = new short[rows];
    boolean[] seen = new boolean[256];
    for (int r = 0; r < rows; r++) {
      Arrays.fill(seen, false);
      for (int i = b.from(r); i < b.to(r); i++) {
        int x = b.bytes()[i] & 0xFF;
        out[r] += (short) (seen[x] ? 0 : 1);
        seen[x] = true;
      }
    }
    return new Int16Column(out, rows);
  }

  private static Column entropy(Rows.Bytes b, int rows) {
    double[] out = new double[rows];
    int[] counts = new int[256];
    for (int r = 0; r < rows; r++) {
      Arrays.fill(counts, 0);
      for (int i = b.from(r); i < b.to(r); i++) {
        counts[b.bytes()[i] & 0xFF]++;
      }
      double n = b.to(r) - b.from(r);
      double sum = 0;
      for (int count : counts) {
        if (count > 0) {
          double p = count / n;
          sum -= p * Math.log(p) / Math.log(2);
        }
      }
      out[r] = sum;
    }
    return new Float64Column(out, rows);
  }
}
