package io.longhouse.function.scalar.string;

import com.google.re2j.Matcher;
import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.search.Regex;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings cut into arrays of parts. */
@Register(
    kind = FunctionFactory.class,
    name = "splitByChar",
    category = "String Splitting",
    doc = "The parts of a string between occurrences of one byte.")
@Register(
    kind = FunctionFactory.class,
    name = "splitByString",
    category = "String Splitting",
    doc = "The parts of a string between occurrences of another; its bytes when that is empty.")
@Register(
    kind = FunctionFactory.class,
    name = "splitByRegexp",
    category = "String Splitting",
    doc = "The parts of a string between matches of a regular expression.")
@Register(
    kind = FunctionFactory.class,
    name = "splitByWhitespace",
    category = "String Splitting",
    doc = "The parts of a string between white space.")
@Register(
    kind = FunctionFactory.class,
    name = "splitByNonAlpha",
    category = "String Splitting",
    doc = "The parts of a string between white space and punctuation.")
@Register(
    kind = FunctionFactory.class,
    name = "alphaTokens",
    aliases = "splitByAlpha",
    category = "String Splitting",
    doc = "The runs of ASCII letters of a string.")
final class Split implements FunctionFactory {
  private final String name;
  private final boolean separated;

  Split(String name) {
    this.name = name;
    this.separated =
        name.equals("splitByChar") || name.equals("splitByString") || name.equals("splitByRegexp");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    int text = separated ? 1 : 0;
    var s = new Signature(name, arguments).between(text + 1, text + 2).string(text);
    byte[] separator = separated ? s.string(0).constantBytes(0) : new byte[0];
    if (name.equals("splitByChar") && separator.length != 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Illegal separator for function splitByChar. Must be exactly one byte");
    }
    Regex regex =
        name.equals("splitByRegexp") && separator.length > 0 ? Regex.compile(separator) : null;
    long limit = s.size() > text + 1 ? s.constantInteger(text + 1) : 0;
    boolean keepRest = context.isOn("splitby_max_substrings_includes_remaining_string");
    return Resolved.throwing(
        new ArrayType(StringType.TYPE),
        (c, rows) ->
            split(Rows.bytes(c[text]), new Cut(name, separator, regex, limit, keepRest), rows));
  }

  private static Column split(Rows.Bytes text, Cut cut, int rows) {
    var parts = new StringColumn.Builder(rows * 2);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      cut.row(text.bytes(), text.from(r), text.to(r), parts);
      offsets[r + 1] = parts.size();
    }
    return new ArrayColumn(offsets, parts.build(), rows);
  }

  /** How one string is cut: at most {@code limit} parts when that is positive. */
  private record Cut(
      String kind, byte[] separator, @Nullable Regex regex, long limit, boolean keepRest) {

    /** Whether another part may be added when {@code count} are there. */
    private boolean full(int count) {
      return limit > 0 && count >= limit;
    }

    void row(byte[] b, int from, int to, StringColumn.Builder out) {
      switch (kind) {
        case "splitByWhitespace" -> runs(b, from, to, out);
        case "splitByNonAlpha" -> runs(b, from, to, out);
        case "alphaTokens" -> runs(b, from, to, out);
        case "splitByRegexp" -> {
          if (regex == null) {
            singleBytes(b, from, to, out);
          } else {
            matches(regex.matcher(b, from, to), b, from, to, out);
          }
        }
        default -> {
          if (separator.length == 0) {
            singleBytes(b, from, to, out);
          } else {
            separators(b, from, to, out);
          }
        }
      }
    }

    private void separators(byte[] b, int from, int to, StringColumn.Builder out) {
      int first = out.size();
      int at = from;
      int n = separator.length;
      for (int i = from; i + n <= to; ) {
        if (b[i] == separator[0] && Arrays.equals(b, i, i + n, separator, 0, n)) {
          if (endsBefore(out.size() - first, b, at, to, out)) {
            return;
          }
          out.add(b, at, i - at);
          i += n;
          at = i;
        } else {
          i++;
        }
      }
      if (!full(out.size() - first)) {
        out.add(b, at, to - at);
      }
    }

    /** Handles the limit in front of a part; answers whether the string is done. */
    private boolean endsBefore(int count, byte[] b, int at, int to, StringColumn.Builder out) {
      if (limit <= 0) {
        return false;
      }
      if (keepRest && count == limit - 1) {
        out.add(b, at, to - at);
        return true;
      }
      return !keepRest && count >= limit;
    }

    private void matches(Matcher m, byte[] b, int from, int to, StringColumn.Builder out) {
      int first = out.size();
      int at = from;
      // ClickHouse ends at the first match of nothing.
      while (m.find() && m.end() > m.start()) {
        if (endsBefore(out.size() - first, b, at, to, out)) {
          return;
        }
        out.add(b, at, from + m.start() - at);
        at = from + m.end();
      }
      if (!full(out.size() - first)) {
        out.add(b, at, to - at);
      }
    }

    private void singleBytes(byte[] b, int from, int to, StringColumn.Builder out) {
      int first = out.size();
      for (int i = from; i < to; ) {
        if (endsBefore(out.size() - first, b, i, to, out)) {
          return;
        }
        out.add(b, i, 1);
        i++;
      }
    }

    /** Runs of bytes that are part of a word. */
    private void runs(byte[] b, int from, int to, StringColumn.Builder out) {
      int first = out.size();
      int i = from;
      while (true) {
        while (i < to && !inside(b[i])) {
          i++;
        }
        if (i == to || endsBefore(out.size() - first, b, i, to, out)) {
          return;
        }
        int start = i;
        while (i < to && inside(b[i])) {
          i++;
        }
        out.add(b, start, i - start);
      }
    }

    private boolean inside(byte b) {
      return switch (kind) {
        case "alphaTokens" -> (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
        case "splitByWhitespace" -> !(b == ' ' || b >= 9 && b <= 13);
        default -> {
          boolean punctuation =
              b >= 33 && b <= 47
                  || b >= 58 && b <= 64
                  || b >= 91 && b <= 96
                  || b >= 123 && b <= 126;
          yield !(b == ' ' || b >= 9 && b <= 13 || punctuation);
        }
      };
    }
  }
}
