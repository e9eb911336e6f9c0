package io.longhouse.function.scalar.string;

import io.longhouse.column.type.StringType;
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
import java.util.Arrays;
import java.util.List;

/** Strings put together with something constant. */
@Register(
    kind = FunctionFactory.class,
    name = "appendTrailingCharIfAbsent",
    category = "String",
    doc = "The string with a character appended unless it ends with it or is empty.")
@Register(
    kind = FunctionFactory.class,
    name = "substringIndex",
    aliases = "SUBSTRING_INDEX",
    category = "String",
    doc = "What stands in front of the n-th delimiter, or behind the n-th from the end.")
@Register(
    kind = FunctionFactory.class,
    name = "substringIndexUTF8",
    category = "String",
    doc = "As substringIndex for UTF-8.")
@Register(
    kind = FunctionFactory.class,
    name = "reverseBySeparator",
    category = "String",
    doc = "The parts of a string between separators (a dot) in the opposite order.")
final class AppendTrailing implements FunctionFactory {
  private final String name;

  AppendTrailing(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return switch (name) {
      case "appendTrailingCharIfAbsent" -> append(s.count(2).string(0).string(1));
      case "reverseBySeparator" -> reverse(s.between(1, 2).string(0));
      default -> index(s.count(3).string(0).string(1));
    };
  }

  private static ScalarFunction append(Signature s) {
    byte[] end = s.constantBytes(1);
    if (end.length != 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Second argument of function " + s.function() + " must be a one-character string");
    }
    return Resolved.of(
        StringType.TYPE,
        (c, rows) ->
            StringRows.map(
                c[0],
                rows,
                (b, from, to, out) -> {
                  out.add(b, from, to);
                  if (to > from && b[to - 1] != end[0]) {
                    out.add(end[0]);
                  }
                }));
  }

  private static ScalarFunction reverse(Signature s) {
    byte[] separator = s.size() == 2 ? s.string(1).constantBytes(1) : new byte[] {'.'};
    return Resolved.of(
        StringType.TYPE,
        (c, rows) ->
            StringRows.map(
                c[0],
                rows,
                (b, from, to, out) -> {
                  int n = separator.length;
                  int end = to;
                  for (int i = to - n; n > 0 && i >= from; i--) {
                    if (i + n <= end && Arrays.equals(b, i, i + n, separator, 0, n)) {
                      out.add(b, i + n, end);
                      out.add(separator);
                      end = i;
                      i -= n - 1;
                    }
                  }
                  out.add(b, from, end);
                }));
  }

  private static ScalarFunction index(Signature s) {
    byte[] delimiter = s.constantBytes(1);
    if (Utf8.count(delimiter, 0, delimiter.length) != 1
        || !s.function().endsWith("UTF8") && delimiter.length != 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Argument delim for function "
              + s.function()
              + " should be a single character, got '"
              + s.constantText(1)
              + "'");
    }
    boolean signed = s.integer(2).signed();
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          long[] counts = Rows.longs(c[2], signed);
          int mask = Rows.mask(c[2]);
          var out = new StringRows.Text(rows, rows * 8);
          for (int r = 0; r < rows; r++) {
            cut(text.bytes(), text.from(r), text.to(r), delimiter, counts[r & mask], out);
            out.endRow();
          }
          return out.build();
        });
  }

  private static void cut(
      byte[] b, int from, int to, byte[] delimiter, long count, StringRows.Text out) {
    int n = delimiter.length;
    long left = Math.abs(count);
    if (count > 0) {
      for (int i = from; i + n <= to; i++) {
        if (Arrays.equals(b, i, i + n, delimiter, 0, n) && --left == 0) {
          out.add(b, from, i);
          return;
        }
      }
      out.add(b, from, to);
    } else if (count < 0) {
      for (int i = to - n; i >= from; i--) {
        if (Arrays.equals(b, i, i + n, delimiter, 0, n) && --left == 0) {
          out.add(b, i + n, to);
          return;
        }
      }
      out.add(b, from, to);
    }
  }
}
