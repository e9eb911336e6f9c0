package io.longhouse.function.scalar.search;

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
import java.util.Arrays;
import java.util.List;

/** How often a string stands in another without overlap. */
@Register(
    kind = FunctionFactory.class,
    name = "countSubstrings",
    caseInsensitive = true,
    category = "Search",
    doc = "How many occurrences of a substring a string has that do not overlap.")
@Register(
    kind = FunctionFactory.class,
    name = "countSubstringsCaseInsensitive",
    category = "Search",
    doc = "As countSubstrings without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "countSubstringsCaseInsensitiveUTF8",
    category = "Search",
    doc = "As countSubstrings without regard to case.")
final class CountSubstrings implements FunctionFactory {
  private final String name;

  CountSubstrings(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(2, 3).string(0).string(1);
    var needles = new Needles(name.contains("CaseInsensitive"), name.endsWith("UTF8"));
    boolean signed = s.size() > 2 && s.integer(2).signed();
    return Resolved.of(
        IntegerType.UINT64,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          Rows.Bytes needle = Rows.bytes(c[1]);
          if (c.length == 2 && needle.isConstant() && !text.isConstant()) {
            byte[] n = Arrays.copyOfRange(needle.bytes(), needle.from(0), needle.to(0));
            if (needles.isPlain(n)) {
              long[] out = new long[rows];
              needles.search(n).countInRows(text.bytes(), text.offsets(), rows, out);
              return new Int64Column(out, rows);
            }
          }
          long[] starts = c.length > 2 ? Rows.longs(c[2], signed) : new long[] {1};
          return each(needles, text, needle, starts, c.length > 2 ? Rows.mask(c[2]) : 0, rows);
        });
  }

  private static Column each(
      Needles needles, Rows.Bytes text, Rows.Bytes needle, long[] starts, int mask, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int length = needle.to(r) - needle.from(r);
      long step =
          needles.characters()
              ? Needles.characters(needle.bytes(), needle.from(r), needle.to(r))
              : length;
      long start = Math.max(1, starts[r & mask]);
      long count = 0;
      while (length > 0) {
        long at =
            needles.find(
                text.bytes(),
                text.from(r),
                text.to(r),
                needle.bytes(),
                needle.from(r),
                needle.to(r),
                start);
        if (at < 0) {
          break;
        }
        count++;
        start = at + 1 + step;
      }
      out[r] = count;
    }
    return new Int64Column(out, rows);
  }
}
