package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.type.IntegerType;
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
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code conv(number, from base, to base)} as MySQL has it: unsigned 64 bits, saturating. */
@Register(
    kind = FunctionFactory.class,
    name = "conv",
    caseInsensitive = true,
    category = "String",
    doc = "A number written in another base from 2 to 36.")
final class Conv implements FunctionFactory {
  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("conv", arguments).count(3);
    boolean fromSigned = s.integer(1).signed();
    boolean toSigned = s.integer(2).signed();
    ScalarFunction toText = null;
    if (!Signature.isString(s.type(0))) {
      if (!(s.type(0) instanceof IntegerType)) {
        throw s.illegal(0, "must be a string or an integer");
      }
      toText = Functions.resolve("toString", arguments.subList(0, 1), context);
    }
    ScalarFunction text = toText;
    return Resolved.throwing(
        StringType.TYPE,
        (c, rows) ->
            convert(
                Rows.bytes(text == null ? c[0] : text.evaluate(new Column[] {c[0]}, rows)),
                Rows.longs(c[1].full(), fromSigned),
                Rows.longs(c[2].full(), toSigned),
                rows));
  }

  private static Column convert(Rows.Bytes text, long[] from, long[] to, int rows) {
    var out = new StringRows.Text(rows, rows * 8);
    for (int r = 0; r < rows; r++) {
      if (from[r] < 2 || from[r] > 36 || to[r] < 2 || to[r] > 36) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Base is less than 2 or greater than 36 which is not supported");
      }
      if (text.from(r) == text.to(r)) {
        throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Number for conversion is empty");
      }
      long v = parse(text.bytes(), text.from(r), text.to(r), (int) from[r]);
      String digits = Long.toUnsignedString(v, (int) to[r]).toUpperCase(Locale.ROOT);
      out.add(digits.getBytes(StandardCharsets.US_ASCII));
      out.endRow();
    }
    return out.build();
  }

  private static long parse(byte[] b, int from, int to, int base) {
    int i = from;
    while (i < to && b[i] == ' ') {
      i++;
    }
    boolean negative = i < to && b[i] == '-';
    i += negative ? 1 : 0;
    long most = Long.divideUnsigned(-1, base);
    long v = 0;
    for (; i < to; i++) {
      int d = Character.digit(b[i], base);
      if (d < 0) {
        break;
      }
      boolean overflows =
          Long.compareUnsigned(v, most) > 0 || Long.compareUnsigned(v * base, ~(long) d) > 0;
      if (overflows) {
        return -1;
      }
      v = v * base + d;
    }
    return negative ? -v : v;
  }
}
