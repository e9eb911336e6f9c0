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
import java.util.List;

/** Strings filled up, or cut, to a length. */
@Register(
    kind = FunctionFactory.class,
    name = "leftPad",
    aliases = "lpad",
    category = "String",
    doc =
        "The string with spaces, or a given text, in front up to a length in bytes; cut when"
            + " longer.")
@Register(
    kind = FunctionFactory.class,
    name = "rightPad",
    aliases = "rpad",
    category = "String",
    doc =
        "The string with spaces, or a given text, behind up to a length in bytes; cut when longer.")
@Register(
    kind = FunctionFactory.class,
    name = "leftPadUTF8",
    category = "String",
    doc = "As leftPad, in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "rightPadUTF8",
    category = "String",
    doc = "As rightPad, in characters.")
final class Pad implements FunctionFactory {
  private static final long LENGTH_MAX = 1 << 24;

  private final String name;

  Pad(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(2, 3).string(0);
    boolean signed = s.integer(1).signed();
    byte[] given = s.size() == 3 ? s.string(2).constantBytes(2) : new byte[] {' '};
    byte[] fill = given.length == 0 ? new byte[] {' '} : given;
    boolean left = name.startsWith("left");
    boolean characters = name.endsWith("UTF8");
    int fillUnits = characters ? Utf8.count(fill, 0, fill.length) : fill.length;
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) -> {
          Rows.Bytes text = Rows.bytes(c[0]);
          long[] lengths = Rows.longs(c[1], signed);
          int mask = Rows.mask(c[1]);
          var out = new StringRows.Text(rows, rows * 8);
          for (int r = 0; r < rows; r++) {
            long length = checked(lengths[r & mask]);
            int from = text.from(r);
            int to = text.to(r);
            long have = characters ? Utf8.count(text.bytes(), from, to) : to - from;
            int cut =
                have <= length
                    ? to
                    : characters ? Utf8.skip(text.bytes(), from, to, length) : from + (int) length;
            if (!left) {
              out.add(text.bytes(), from, cut);
            }
            fill(fill, fillUnits, length - have, characters, out);
            if (left) {
              out.add(text.bytes(), from, cut);
            }
            out.endRow();
          }
          return out.build();
        });
  }

  private static void fill(
      byte[] fill, int fillUnits, long missing, boolean characters, StringRows.Text out) {
    long n = missing;
    for (; n >= fillUnits; n -= fillUnits) {
      out.add(fill);
    }
    if (n > 0) {
      out.add(fill, 0, characters ? Utf8.skip(fill, 0, fill.length, n) : (int) n);
    }
  }

  private long checked(long length) {
    if (length < 0) {
      throw new LonghouseException(
          ErrorCode.INDEX_OF_POSITIONAL_ARGUMENT_IS_OUT_OF_RANGE,
          "New padded length (" + length + ") is negative");
    }
    if (length > LENGTH_MAX) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_STRING_SIZE,
          "New padded length (" + length + ") is too big, maximum is: " + LENGTH_MAX);
    }
    return length;
  }
}
