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

/** Where a string first stands in another, from 1; in bytes or in characters. */
@Register(
    kind = FunctionFactory.class,
    name = "position",
    caseInsensitive = true,
    category = "Search",
    doc = "The place from 1 of a substring, in bytes, from an optional start on; 0 for none.")
@Register(
    kind = FunctionFactory.class,
    name = "positionUTF8",
    category = "Search",
    doc = "As position, in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "positionCaseInsensitive",
    aliases = "instr",
    category = "Search",
    doc = "As position, taking small and capital ASCII letters for the same.")
@Register(
    kind = FunctionFactory.class,
    name = "positionCaseInsensitiveUTF8",
    category = "Search",
    doc = "As position, in characters, taking small and capital letters for the same.")
@Register(
    kind = FunctionFactory.class,
    name = "locate",
    caseInsensitive = true,
    category = "Search",
    doc = "As position, with the substring as the first argument.")
final class Position implements FunctionFactory {
  private final String name;
  private final boolean needleFirst;

  Position(String name) {
    this.name = name;
    this.needleFirst = name.equals("locate");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(2, 3).string(0).string(1);
    boolean swapped =
        needleFirst
            && !"0".equals(context.setting("function_locate_has_mysql_compatible_argument_order"));
    boolean signed = s.size() == 3 && s.integer(2).signed();
    var needles = new Needles(name.contains("CaseInsensitive"), name.endsWith("UTF8"));
    return Resolved.of(
        IntegerType.UINT64,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[swapped ? 1 : 0]);
          Rows.Bytes needle = Rows.bytes(c[swapped ? 0 : 1]);
          if (c.length == 2 && needle.isConstant() && !text.isConstant()) {
            byte[] n = Arrays.copyOfRange(needle.bytes(), needle.from(0), needle.to(0));
            int[] at = new int[rows];
            needles.firstInRows(n, text.bytes(), text.offsets(), rows, at);
            long[] out = new long[rows];
            for (int r = 0; r < rows; r++) {
              out[r] = at[r] + 1;
            }
            return new Int64Column(out, rows);
          }
          long[] start = c.length == 2 ? new long[1] : Rows.longs(c[2], signed);
          return each(needles, text, needle, start, c.length == 2 ? 0 : Rows.mask(c[2]), rows);
        });
  }

  private static Column each(
      Needles needles, Rows.Bytes text, Rows.Bytes needle, long[] starts, int mask, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      long start = Math.max(1, starts[r & mask]);
      out[r] =
          needles.find(
                  text.bytes(),
                  text.from(r),
                  text.to(r),
                  needle.bytes(),
                  needle.from(r),
                  needle.to(r),
                  start)
              + 1;
    }
    return new Int64Column(out, rows);
  }
}
