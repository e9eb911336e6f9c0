package io.longhouse.function.scalar.search;

import com.google.re2j.Matcher;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Whether, and how often, a regular expression matches. */
@Register(
    kind = FunctionFactory.class,
    name = "match",
    aliases = "REGEXP_MATCHES",
    category = "Search",
    doc = "Whether a regular expression of RE2's language matches anywhere in a string.")
@Register(
    kind = FunctionFactory.class,
    name = "countMatches",
    category = "Search",
    doc = "How many matches of a regular expression a string has that do not overlap.")
@Register(
    kind = FunctionFactory.class,
    name = "countMatchesCaseInsensitive",
    category = "Search",
    doc = "As countMatches, taking small and capital letters for the same.")
final class Match implements FunctionFactory {
  private final String name;

  Match(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2).string(0).string(1);
    if (name.equals("match")) {
      return Resolved.throwing(IntegerType.UINT8, Match::match);
    }
    byte[] source = s.constantBytes(1);
    Regex regex = Regex.compile(name.endsWith("Insensitive") ? ignoringCase(source) : source);
    return Resolved.throwing(
        IntegerType.UINT64,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          long[] out = new long[rows];
          for (int r = 0; r < rows; r++) {
            out[r] = count(regex.matcher(text.bytes(), text.from(r), text.to(r)));
          }
          return new Int64Column(out, rows);
        });
  }

  static byte[] ignoringCase(byte[] source) {
    byte[] out = new byte[source.length + 4];
    out[0] = '(';
    out[1] = '?';
    out[2] = 'i';
    out[3] = ')';
    System.arraycopy(source, 0, out, 4, source.length);
    return out;
  }

  private static long count(Matcher m) {
    long n = 0;
    while (m.find()) {
      n += m.end() > m.start() ? 1 : 0;
    }
    return n;
  }

  private static Column match(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes patterns = Rows.bytes(c[1]);
    byte[] out = new byte[rows];
    if (patterns.isConstant()) {
      Regex regex = regex(patterns, 0);
      int distinct = Math.min(text.isConstant() ? 1 : rows, rows);
      regex.markRows(text.bytes(), text.offsets(), distinct, out);
      if (text.isConstant() && rows > 1) {
        Arrays.fill(out, out[0]);
      }
    } else {
      for (int r = 0; r < rows; r++) {
        Regex regex = regex(patterns, r);
        out[r] = (byte) (regex.matches(text.bytes(), text.from(r), text.to(r)) ? 1 : 0);
      }
    }
    return new Int8Column(out, rows);
  }

  static Regex regex(Rows.Bytes patterns, int row) {
    return Regex.compile(
        Arrays.copyOfRange(patterns.bytes(), patterns.from(row), patterns.to(row)));
  }
}
