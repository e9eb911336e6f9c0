package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Int32Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.number.WideOperand;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Addresses into each other and from numbers. */
final class AddressCast extends Cast {
  private enum Kind {
    FOUR_TO_SIX,
    SIX_TO_FOUR,
    NUMBER_TO_FOUR,
    NUMBER_TO_SIX
  }

  private final Kind kind;

  private AddressCast(Kind kind) {
    this.kind = kind;
  }

  static NumberShape shape(DataType address) {
    return NumberShape.integer(address instanceof Ipv4Type ? 4 : 16, false);
  }

  static @Nullable Cast of(DataType from, DataType to) {
    if (to instanceof Ipv4Type) {
      if (from instanceof Ipv6Type) {
        return new AddressCast(Kind.SIX_TO_FOUR);
      }
      return from instanceof IntegerType t && t.bytes() <= 8
          ? new AddressCast(Kind.NUMBER_TO_FOUR)
          : null;
    }
    if (to instanceof Ipv6Type) {
      if (from instanceof Ipv4Type) {
        return new AddressCast(Kind.FOUR_TO_SIX);
      }
      return from instanceof IntegerType t && t.bytes() == 16 && !t.signed()
          ? new AddressCast(Kind.NUMBER_TO_SIX)
          : null;
    }
    return null;
  }

  @Override
  protected Column convert(Column source, int rows, byte @Nullable [] failed) {
    return switch (kind) {
      case FOUR_TO_SIX -> toSix(((Int32Column) source).values(), rows);
      case SIX_TO_FOUR -> toFour((FixedBytesColumn) source, rows, failed);
      case NUMBER_TO_FOUR -> numberToFour(source, rows);
      case NUMBER_TO_SIX -> numberToSix(source, rows);
    };
  }

  private static Column toSix(int[] addresses, int rows) {
    byte[] out = new byte[rows * 16];
    for (int r = 0; r < rows; r++) {
      int at = r * 16;
      out[at + 10] = -1;
      out[at + 11] = -1;
      int v = addresses[r];
      out[at + 12] = (byte) (v >>> 24);
      out[at + 13] = (byte) (v >>> 16);
      out[at + 14] = (byte) (v >>> 8);
      out[at + 15] = (byte) v;
    }
    return new FixedBytesColumn(out, 16, rows);
  }

  private static Column toFour(FixedBytesColumn source, int rows, byte @Nullable [] failed) {
    byte[] b = source.bytes();
    int[] out = new int[rows];
    for (int r = 0; r < rows; r++) {
      int at = r * 16;
      boolean mapped = b[at + 10] == -1 && b[at + 11] == -1;
      for (int i = 0; i < 10; i++) {
        mapped &= b[at + i] == 0;
      }
      if (mapped) {
        out[r] =
            b[at + 12] << 24
                | (b[at + 13] & 0xFF) << 16
                | (b[at + 14] & 0xFF) << 8
                | b[at + 15] & 0xFF;
      } else if (failed == null) {
        throw new LonghouseException(
            ErrorCode.CANNOT_CONVERT_TYPE,
            "IPv6 "
                + Ipv6Type.TYPE.textOf(source, r)
                + " in column IPv6 is not in IPv4 mapping block");
      } else {
        failed[r] = 1;
      }
    }
    return new Int32Column(out, rows);
  }

  private static Column numberToFour(Column source, int rows) {
    var in = new LongOperand(source, false, rows);
    int[] out = new int[rows];
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        out[start + k] = (int) in.array()[in.offset() + k];
      }
    }
    return new Int32Column(out, rows);
  }

  private static Column numberToSix(Column source, int rows) {
    var in = new WideOperand(source, false, 2, rows);
    byte[] out = new byte[rows * 16];
    for (int start = 0; start < rows; start += LongOperand.CHUNK) {
      int n = Math.min(LongOperand.CHUNK, rows - start);
      in.load(start, n);
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < 16; i++) {
          long word = in.array()[in.offset() + 2 * k + (i < 8 ? 1 : 0)];
          out[(start + k) * 16 + i] = (byte) (word >>> 8 * (7 - (i & 7)));
        }
      }
    }
    return new FixedBytesColumn(out, 16, rows);
  }
}
