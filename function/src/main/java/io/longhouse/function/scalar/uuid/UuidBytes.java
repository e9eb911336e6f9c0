package io.longhouse.function.scalar.uuid;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** UUIDs as text of 36 characters and as 16 bytes in big-endian (1) or Microsoft's (2) order. */
@Register(
    kind = FunctionFactory.class,
    name = "UUIDStringToNum",
    category = "UUID",
    doc = "The 16 bytes of a UUID given as text.")
@Register(
    kind = FunctionFactory.class,
    name = "UUIDNumToString",
    category = "UUID",
    doc = "The text of a UUID given as 16 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "UUIDToNum",
    category = "UUID",
    doc = "The 16 bytes of a UUID.")
final class UuidBytes implements FunctionFactory {
  private static final int TEXT_LENGTH = 36;

  /** Byte k of the text's order stands at this place. */
  private static final int[] BIG_ENDIAN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private static final int[] MICROSOFT = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final String name;

  UuidBytes(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(1, 2);
    int[] order = s.size() == 2 && s.constantInteger(1) == 2 ? MICROSOFT : BIG_ENDIAN;
    if (s.size() == 2 && s.constantInteger(1) != 1 && s.constantInteger(1) != 2) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Expected UUID variant (1 or 2), got " + s.constantInteger(1));
    }
    return switch (name) {
      case "UUIDStringToNum" -> {
        s.string(0);
        yield Resolved.of(
            new FixedStringType(16), (c, rows) -> ofText(Rows.bytes(c[0]), order, rows));
      }
      case "UUIDToNum" -> {
        if (!(s.type(0) instanceof UuidType)) {
          throw s.illegal(0, "must be UUID");
        }
        yield Resolved.of(
            new FixedStringType(16),
            (c, rows) -> ofWords(((WideColumn) c[0].full()).words(), order, rows));
      }
      default -> {
        if (!(s.type(0) instanceof FixedStringType t) || t.width() != 16) {
          throw s.illegal(0, "must be FixedString(16)");
        }
        yield Resolved.of(
            StringType.TYPE,
            (c, rows) -> toText(((FixedBytesColumn) c[0].full()).bytes(), order, rows));
      }
    };
  }

  private static boolean dashAt(int i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
  }

  private static Column ofText(Rows.Bytes text, int[] order, int rows) {
    byte[] out = new byte[Math.multiplyExact(rows, 16)];
    for (int r = 0; r < rows; r++) {
      int from = text.from(r);
      if (text.to(r) - from != TEXT_LENGTH) {
        continue;
      }
      for (int i = 0, k = 0; i < TEXT_LENGTH; ) {
        if (dashAt(i)) {
          i++;
          continue;
        }
        int high = Character.digit(text.bytes()[from + i], 16);
        int low = Character.digit(text.bytes()[from + i + 1], 16);
        out[16 * r + order[k++]] = (byte) ((high < 0 ? 255 : high) << 4 | (low < 0 ? 255 : low));
        i += 2;
      }
    }
    return new FixedBytesColumn(out, 16, rows);
  }

  private static Column ofWords(long[] words, int[] order, int rows) {
    byte[] out = new byte[Math.multiplyExact(rows, 16)];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < 16; k++) {
        long word = words[2 * r + (k >> 3)];
        out[16 * r + order[k]] = (byte) (word >>> 56 - 8 * (k & 7));
      }
    }
    return new FixedBytesColumn(out, 16, rows);
  }

  private static Column toText(byte[] b, int[] order, int rows) {
    var out = new StringRows.Text(rows, rows * TEXT_LENGTH);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < 16; k++) {
        if (k == 4 || k == 6 || k == 8 || k == 10) {
          out.add('-');
        }
        byte x = b[16 * r + order[k]];
        out.add(HEX[x >> 4 & 15]);
        out.add(HEX[x & 15]);
      }
      out.endRow();
    }
    return out.build();
  }
}
