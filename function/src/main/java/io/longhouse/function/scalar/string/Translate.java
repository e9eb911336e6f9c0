package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
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
import io.longhouse.sql.Utf8Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Characters replaced one for one, and stretches laid over with another string. */
@Register(
    kind = FunctionFactory.class,
    name = "translate",
    category = "Replace",
    doc =
        "The string with ASCII characters of one list replaced by those of another, the rest of the"
            + " list dropped.")
@Register(
    kind = FunctionFactory.class,
    name = "translateUTF8",
    category = "Replace",
    doc = "As translate for any characters.")
@Register(
    kind = FunctionFactory.class,
    name = "overlay",
    caseInsensitive = true,
    category = "Replace",
    doc = "The string with a stretch from an offset on replaced by another string.")
@Register(
    kind = FunctionFactory.class,
    name = "overlayUTF8",
    category = "Replace",
    doc = "As overlay, in characters.")
final class Translate implements FunctionFactory {
  private final String name;

  Translate(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return name.startsWith("translate")
        ? translate(s.count(3).string(0).string(1).string(2))
        : overlay(s.between(3, 4).string(0).string(1));
  }

  private static ScalarFunction translate(Signature s) {
    boolean utf8 = s.function().endsWith("UTF8");
    int[] from = characters(s, 1, utf8);
    int[] to = characters(s, 2, utf8);
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < from.length; i++) {
      map.putIfAbsent(from[i], i < to.length ? to[i] : -1);
    }
    int[] ascii = new int[128];
    for (int i = 0; i < 128; i++) {
      ascii[i] = map.getOrDefault(i, i);
    }
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) ->
            StringRows.map(c[0], rows, (b, f, t, out) -> write(b, f, t, out, ascii, map, utf8)));
  }

  private static int[] characters(Signature s, int i, boolean utf8) {
    int[] out = s.constantText(i).codePoints().toArray();
    for (int c : out) {
      if (!utf8 && c > 127) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Second and third arguments must be ASCII strings in function " + s.function());
      }
    }
    return out;
  }

  private static void write(
      byte[] b,
      int from,
      int to,
      StringRows.Text out,
      int[] ascii,
      Map<Integer, Integer> map,
      boolean utf8) {
    for (int i = from; i < to; ) {
      int n = b[i] >= 0 ? 1 : utf8 ? Utf8Sequence.length(b, i, to) : 0;
      if (n == 0) {
        out.add(b[i++]);
        continue;
      }
      int c = Utf8Sequence.codePoint(b, i, n);
      int by = c < 128 ? ascii[c] : map.getOrDefault(c, c);
      if (by >= 0) {
        out.addCodePoint(by);
      }
      i += n;
    }
  }

  private static ScalarFunction overlay(Signature s) {
    boolean signed = s.integer(2).signed();
    boolean signedLength = s.size() > 3 && s.integer(3).signed();
    boolean utf8 = s.function().endsWith("UTF8");
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          long[] offsets = Rows.longs(c[2], signed);
          long[] lengths = c.length > 3 ? Rows.longs(c[3], signedLength) : new long[] {-1};
          return overlaid(
              Rows.bytes(c[0]),
              Rows.bytes(c[1]),
              offsets,
              Rows.mask(c[2]),
              lengths,
              c.length > 3 ? Rows.mask(c[3]) : 0,
              utf8,
              rows);
        });
  }

  private static Column overlaid(
      Rows.Bytes text,
      Rows.Bytes by,
      long[] offsets,
      int offsetMask,
      long[] lengths,
      int lengthMask,
      boolean utf8,
      int rows) {
    var out = new StringRows.Text(rows, rows * 16);
    for (int r = 0; r < rows; r++) {
      byte[] b = text.bytes();
      int from = text.from(r);
      int to = text.to(r);
      long n = utf8 ? Utf8.count(b, from, to) : to - from;
      long offset = offsets[r & offsetMask];
      long begin = offset > 0 ? Math.min(offset - 1, n) : Math.max(0, n + offset);
      long length = lengths[r & lengthMask];
      if (length < 0) {
        length = utf8 ? Utf8.count(by.bytes(), by.from(r), by.to(r)) : by.to(r) - by.from(r);
      }
      long end = length > n - begin ? n : begin + length;
      int a = utf8 ? Utf8.skip(b, from, to, begin) : from + (int) begin;
      int z = utf8 ? Utf8.skip(b, from, to, end) : from + (int) end;
      out.add(b, from, a);
      out.add(by.bytes(), by.from(r), by.to(r));
      out.add(b, z, to);
      out.endRow();
    }
    return out.build();
  }
}
