package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of strings by place: counted from 1, or from the end when negative. */
@Register(
    kind = FunctionFactory.class,
    name = "substring",
    aliases = {"byteSlice", "mid", "substr"},
    caseInsensitive = true,
    category = "String",
    doc = "The bytes from an offset on, at most length of them; negative ones count from the end.")
@Register(
    kind = FunctionFactory.class,
    name = "substringUTF8",
    category = "String",
    doc = "As substring, in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "left",
    caseInsensitive = true,
    category = "String",
    doc = "The first n bytes, or all but the last -n.")
@Register(
    kind = FunctionFactory.class,
    name = "leftUTF8",
    category = "String",
    doc = "The first n characters, or all but the last -n.")
@Register(
    kind = FunctionFactory.class,
    name = "right",
    caseInsensitive = true,
    category = "String",
    doc = "The last n bytes, or all but the first -n.")
@Register(
    kind = FunctionFactory.class,
    name = "rightUTF8",
    category = "String",
    doc = "The last n characters, or all but the first -n.")
final class Substring implements FunctionFactory {
  private final String name;
  private final boolean characters;
  private final String kind;

  Substring(String name) {
    this.name = name;
    this.characters = name.endsWith("UTF8");
    this.kind = name.replace("UTF8", "");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean two = !kind.equals("substring");
    var s = new Signature(name, arguments).between(2, two ? 2 : 3);
    ScalarFunction toText =
        s.type(0) instanceof EnumType
            ? Functions.resolve("toString", arguments.subList(0, 1), context)
            : null;
    if (toText == null) {
      s.string(0);
    }
    boolean signed1 = s.integer(1).signed();
    boolean signed2 = s.size() > 2 && s.integer(2).signed();
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Column text = toText == null ? c[0] : toText.evaluate(new Column[] {c[0]}, rows);
          Rows.Bytes b = Rows.bytes(text);
          boolean ascii = rows == 0 || Utf8.isAscii(b.bytes(), b.from(0), b.to(rows - 1));
          Bounds bounds =
              new Bounds(
                  kind,
                  characters && !ascii,
                  Rows.longs(c[1], signed1),
                  Rows.mask(c[1]),
                  c.length > 2 ? Rows.longs(c[2], signed2) : null,
                  c.length > 2 ? Rows.mask(c[2]) : 0);
          return cut(b, bounds, rows);
        });
  }

  /** From where to where a string of n units is cut. */
  private record Bounds(
      String kind,
      boolean characters,
      long[] first,
      int firstMask,
      long @Nullable [] length,
      int lengthMask) {
    long from(int row, long n) {
      long x = first[row & firstMask];
      long at =
          switch (kind) {
            case "left" -> 0;
            case "right" -> x >= 0 ? n - x : -x;
            default -> x > 0 ? x - 1 : x == 0 ? n : n + x;
          };
      return at;
    }

    long to(int row, long n) {
      long x = first[row & firstMask];
      return switch (kind) {
        case "left" -> x >= 0 ? x : n + x;
        case "right" -> n;
        default -> {
          if (length == null) {
            yield n;
          }
          long take = length[row & lengthMask];
          long from = from(row, n);
          // What lies in front of the string counts for bytes and not for characters.
          long start = characters ? Math.max(0, from) : from;
          yield take < 0 ? n + take : take > Integer.MAX_VALUE ? n : start + take;
        }
      };
    }
  }

  private Column cut(Rows.Bytes text, Bounds bounds, int rows) {
    int[] starts = new int[rows];
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      int to = text.to(r);
      boolean units = characters && !Utf8.isAscii(text.bytes(), from, to);
      long n = units ? Utf8.count(text.bytes(), from, to) : to - from;
      long begin = Math.clamp(bounds.from(r, n), 0, n);
      long end = Math.clamp(bounds.to(r, n), begin, n);
      int a = units ? Utf8.skip(text.bytes(), from, to, begin) : from + (int) begin;
      int b = units ? Utf8.skip(text.bytes(), a, to, end - begin) : from + (int) end;
      starts[r] = a;
      offsets[r + 1] = Math.addExact(offsets[r], b - a);
    }
    byte[] out = new byte[offsets[rows]];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(text.bytes(), starts[r], out, offsets[r], offsets[r + 1] - offsets[r]);
    }
    return new StringColumn(offsets, out, rows);
  }
}
