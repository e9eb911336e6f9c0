package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.WideColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;

/**
 * 128 bits: word 0 holds the first half of the text, word 1 the second. Ordered by word 1, then
 * word 0, as ClickHouse orders it.
 */
public final class UuidType extends DataType {
  /** UUID. */
  public static final UuidType TYPE = new UuidType();

  private UuidType() {}

  @Override
  public String name() {
    return "UUID";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new WideColumn.Builder(2, capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return IntegerType.compareWide(
        ((WideColumn) a).words(), i, ((WideColumn) b).words(), j, 2, false);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes UUID. */
  @Register(kind = TypeFactory.class, name = "UUID")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    Quotes.write(form, out);
    long[] words = ((WideColumn) column).words();
    int at = out.reserve(36);
    byte[] b = out.buffer();
    hex(words[2 * row] >>> 32, 8, b, at);
    b[at + 8] = '-';
    hex(words[2 * row] >>> 16, 4, b, at + 9);
    b[at + 13] = '-';
    hex(words[2 * row], 4, b, at + 14);
    b[at + 18] = '-';
    hex(words[2 * row + 1] >>> 48, 4, b, at + 19);
    b[at + 23] = '-';
    hex(words[2 * row + 1], 12, b, at + 24);
    out.advance(36);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = Quotes.open(form, in);
    var b = (WideColumn.Builder) out;
    long high = 0;
    long low = 0;
    boolean dashes = false;
    for (int i = 0; i < 32; i++) {
      if (i == 8) {
        dashes = in.peek() == '-';
      }
      boolean atDash = i == 8 || i == 12 || i == 16 || i == 20;
      if (dashes && atDash && !in.accept('-')) {
        throw notUuid();
      }
      int digit = Character.digit(in.next(), 16);
      if (digit < 0) {
        throw notUuid();
      }
      if (i < 16) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    b.appendDefault(1);
    b.words()[2 * b.size() - 2] = high;
    b.words()[2 * b.size() - 1] = low;
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    long[] words = ((WideColumn) column).words();
    out.writeLong(words[2 * row]);
    out.writeLong(words[2 * row + 1]);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    var b = (WideColumn.Builder) out;
    b.appendDefault(1);
    b.words()[2 * b.size() - 2] = in.readLong();
    b.words()[2 * b.size() - 1] = in.readLong();
  }

  private static void hex(long v, int digits, byte[] b, int at) {
    for (int i = digits - 1; i >= 0; i--) {
      int d = (int) v & 15;
      b[at + i] = (byte) (d < 10 ? '0' + d : 'a' - 10 + d);
      v >>>= 4;
    }
  }

  private static LonghouseException notUuid() {
    return new LonghouseException(
        ErrorCode.CANNOT_PARSE_UUID,
        "Cannot parse UUID from String: invalid format, expected 32 hexadecimal digits");
  }
}
