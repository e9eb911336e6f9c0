package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
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
import io.longhouse.sql.Utf8Sequence;
import java.util.List;

/** Numbers that say something of a string's characters. */
@Register(
    kind = FunctionFactory.class,
    name = "lengthUTF8",
    aliases = {"CHAR_LENGTH", "CHARACTER_LENGTH"},
    category = "String",
    doc = "Characters of a string.")
@Register(
    kind = FunctionFactory.class,
    name = "ascii",
    caseInsensitive = true,
    category = "String",
    doc = "The first byte of a string as a number; 0 for an empty string.")
@Register(
    kind = FunctionFactory.class,
    name = "isValidUTF8",
    category = "String",
    doc = "Whether a string is valid UTF-8.")
@Register(
    kind = FunctionFactory.class,
    name = "isValidASCII",
    aliases = "isASCII",
    category = "String",
    doc = "Whether a string has no byte above 127.")
final class LengthUtf8 implements FunctionFactory {
  private final String name;

  LengthUtf8(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    return switch (name) {
      case "lengthUTF8" -> Resolved.of(IntegerType.UINT64, (c, rows) -> lengths(c[0], rows));
      case "ascii" -> Resolved.of(IntegerType.INT32, (c, rows) -> firsts(c[0], rows));
      default -> Resolved.of(IntegerType.UINT8, (c, rows) -> valid(c[0], rows));
    };
  }

  private static Column lengths(Column c, int rows) {
    Rows.Bytes b = Rows.bytes(c);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = Utf8.count(b.bytes(), b.from(r), b.to(r));
    }
    return new Int64Column(out, rows);
  }

  private static Column firsts(Column c, int rows) {
    Rows.Bytes b = Rows.bytes(c);
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = b.from(r) < b.to(r) ? b.bytes()[b.from(r)] & 0xFF : 0;
    }
    return new Int32Column(out, rows);
  }

  private Column valid(Column c, int rows) {
    Rows.Bytes b = Rows.bytes(c);
    boolean onlyAscii = name.equals("isValidASCII");
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      boolean ascii = Utf8.isAscii(b.bytes(), b.from(r), b.to(r));
      out[r] = (byte) (ascii || !onlyAscii && isValid(b.bytes(), b.from(r), b.to(r)) ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static boolean isValid(byte[] b, int from, int to) {
    for (int i = from; i < to; ) {
      int n = Utf8Sequence.length(b, i, to);
      if (n == 0) {
        return false;
      }
      i += n;
    }
    return true;
  }
}
