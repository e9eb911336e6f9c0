package io.longhouse.function.scalar.search;

import com.google.re2j.Matcher;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
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
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Where a regular expression matches. */
@Register(
    kind = FunctionFactory.class,
    name = "regexpPosition",
    aliases = {"regexpInstr", "regexp_instr"},
    caseInsensitive = true,
    category = "String",
    doc =
        "The place of a match, 0 for none: (text, pattern[, from[, which match[, behind it[,"
            + " flags]]]]).")
final class RegexpPosition implements FunctionFactory {
  private static final String NAME = "regexpPosition";

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(NAME, arguments).between(2, 6).string(0).string(1);
    for (int i = 2; i < Math.min(5, s.size()); i++) {
      s.integer(i);
    }
    long from = number(s, 2, 1, "position");
    long occurrence = number(s, 3, 1, "occurrence");
    boolean behind = s.size() > 4 && s.constantInteger(4) != 0;
    String flags = s.size() > 5 ? s.constantText(5) : "";
    Regex regex = Regex.compile(ByteText.encode(flagged(flags, s.constantText(1))));
    return Resolved.throwing(
        IntegerType.UINT64,
        (c, rows) -> find(regex, Rows.bytes(c[0]), from, occurrence, behind, rows));
  }

  private static long number(Signature s, int i, long otherwise, String what) {
    long v = s.size() > i ? s.constantInteger(i) : otherwise;
    if (v < 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Argument '" + what + "' for function regexpPosition must be >= 1, got " + v);
    }
    return v;
  }

  private static String flagged(String flags, String pattern) {
    var kept = new StringBuilder();
    for (char c : flags.toCharArray()) {
      if (c == 'i' || c == 's' || c == 'm') {
        kept.append(c);
      } else if (c != 'c') {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Unknown flag '" + c + "' of function " + NAME);
      }
    }
    return kept.isEmpty() ? pattern : "(?" + kept + ")" + pattern;
  }

  private static Column find(
      Regex regex, Rows.Bytes text, long from, long occurrence, boolean behind, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int start = text.from(r);
      int length = text.to(r) - start;
      if (from - 1 > length) {
        continue;
      }
      Matcher m = regex.matcher(text.bytes(), start, text.to(r));
      boolean found = m.find((int) from - 1);
      for (long k = 1; k < occurrence && found; k++) {
        found = m.find();
      }
      out[r] = !found ? 0 : behind ? m.end() + 1 : m.start() + 1;
    }
    return new Int64Column(out, rows);
  }
}
