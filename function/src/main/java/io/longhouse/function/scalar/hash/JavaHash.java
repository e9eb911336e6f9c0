package io.longhouse.function.scalar.hash;

import io.longhouse.column.Column;
import io.longhouse.column.hash.ColumnHash;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** {@code hashCode} of Java: of one string, or of one signed number. */
final class JavaHash extends ColumnHash {
  /** Which of the three. */
  enum Kind {
    JAVA,
    UTF16LE,
    HIVE
  }

  private final Kind kind;

  JavaHash(Kind kind) {
    super(32);
    this.kind = kind;
  }

  @Override
  protected boolean hashNumbers(DataType type, Column column, int rows, long[] out) {
    if (kind != Kind.JAVA || type instanceof FloatType) {
      return false;
    }
    boolean signed =
        type instanceof IntegerType i && i.signed()
            || type instanceof EnumType
            || type instanceof Date32Type;
    if (!signed) {
      throw new LonghouseException(ErrorCode.NOT_IMPLEMENTED, "Unsigned types are not supported");
    }
    Numbers.toLongs(column, 0, rows, true, out);
    if (type instanceof IntegerType i && i.bytes() == 8) {
      for (int r = 0; r < rows; r++) {
        out[r] = (int) (out[r] ^ out[r] >>> 32);
      }
    }
    return true;
  }

  @Override
  protected void hashBytes(byte[] bytes, int[] offsets, int rows, long[] out) {
    for (int i = 0; i < rows; i++) {
      out[i] =
          switch (kind) {
            case JAVA -> bytesHash(bytes, offsets[i], offsets[i + 1]);
            case HIVE -> bytesHash(bytes, offsets[i], offsets[i + 1]) & 0x7FFFFFFF;
            case UTF16LE -> charsHash(bytes, offsets[i], offsets[i + 1]);
          };
    }
  }

  private static int bytesHash(byte[] b, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = 31 * h + b[i];
    }
    return h;
  }

  private static int charsHash(byte[] b, int begin, int to) {
    int from = begin;
    if (to - from >= 2 && b[from] == (byte) 0xFF && b[from + 1] == (byte) 0xFE) {
      from += 2;
    }
    if ((to - from) % 2 != 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Arguments for javaHashUTF16LE must be in the form of UTF-16");
    }
    int h = 0;
    for (int i = from; i < to; i += 2) {
      h = 31 * h + (b[i] & 0xFF | (b[i + 1] & 0xFF) << 8);
    }
    return h;
  }

  @Override
  protected void combine(long[] hashes, int @Nullable [] rows, long[] more, int count) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED,
        (kind == Kind.HIVE ? "Hive" : "Java") + " hash is not combineable for multiple arguments");
  }
}
