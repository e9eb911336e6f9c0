package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.WideColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/**
 * Whole numbers that stand for their value divided by 10^scale. Precision up to 9, 18, 38, 76
 * digits takes 4, 8, 16, 32 bytes.
 */
public final class DecimalType extends DataType {
  private final int precision;
  private final int scale;

  public DecimalType(int precision, int scale) {
    this.precision = precision;
    this.scale = scale;
  }

  /** The widest decimal of that many bytes: 4, 8, 16 or 32. */
  public static DecimalType ofBytes(int bytes, int scale) {
    return new DecimalType(
        switch (bytes) {
          case 4 -> 9;
          case 8 -> 18;
          case 16 -> 38;
          default -> 76;
        },
        scale);
  }

  public int precision() {
    return precision;
  }

  public int scale() {
    return scale;
  }

  /** Bytes of a value. */
  public int bytes() {
    return precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
  }

  @Override
  public String name() {
    return "Decimal(" + precision + ", " + scale + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    int bytes = bytes();
    return switch (bytes) {
      case 1 -> new Int8Column.Builder(capacity);
      case 2 -> new Int16Column.Builder(capacity);
      case 4 -> new Int32Column.Builder(capacity);
      case 8 -> new Int64Column.Builder(capacity);
      default -> new WideColumn.Builder(bytes / 8, capacity);
    };
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return IntegerType.of(bytes(), true).compare(a, i, b, j, nullsDirection);
  }

  @Override
  public boolean hasOrderLongs() {
    return bytes() <= 8;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    Numbers.toLongs(column, from, length, true, out);
  }

  /** Makes Decimal(P, S) and Decimal32(S) to Decimal256(S). */
  @Register(
      kind = TypeFactory.class,
      name = "Decimal",
      aliases = {"DEC", "NUMERIC", "FIXED"},
      caseInsensitive = true)
  @Register(kind = TypeFactory.class, name = "Decimal32", caseInsensitive = true)
  @Register(kind = TypeFactory.class, name = "Decimal64", caseInsensitive = true)
  @Register(kind = TypeFactory.class, name = "Decimal128", caseInsensitive = true)
  @Register(kind = TypeFactory.class, name = "Decimal256", caseInsensitive = true)
  static final class Factory implements TypeFactory {
    private final int bytes;

    Factory(String name) {
      this.bytes = name.equals("Decimal") ? 0 : Integer.parseInt(name.substring(7)) / 8;
    }

    @Override
    public DataType create(TypeName name) {
      var args = TypeArguments.of(name);
      if (bytes > 0) {
        DecimalType widest = ofBytes(bytes, 0);
        return ofBytes(bytes, (int) args.count(1).number(0, 0, widest.precision));
      }
      int precision = args.size() == 0 ? 10 : (int) args.number(0, 1, 76);
      return new DecimalType(precision, args.size() < 2 ? 0 : (int) args.number(1, 0, precision));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    boolean quoted = form == TextForm.JSON && settings.outputFormatJsonQuoteDecimals;
    if (quoted) {
      out.writeByte('"');
    }
    switch (column) {
      case Int32Column c -> DecimalText.write(c.values()[row], scale, settings, out);
      case Int64Column c -> DecimalText.write(c.values()[row], scale, settings, out);
      case WideColumn c ->
          DecimalText.writeWide(
              c.words(), row * c.wordsPerValue(), c.wordsPerValue(), scale, settings, out);
      default -> throw new IllegalArgumentException("no decimals in " + column.getClass());
    }
    if (quoted) {
      out.writeByte('"');
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = IntegerType.openNumber(in, form);
    if (out instanceof WideColumn.Builder w) {
      w.appendDefault(1);
      int at = (w.size() - 1) * w.wordsPerValue();
      DecimalText.read(in, precision, scale, w.words(), at, w.wordsPerValue());
    } else {
      long[] word = WORD.get();
      DecimalText.read(in, precision, scale, word, 0, 1);
      IntegerType.add(word[0], out);
    }
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    IntegerType.of(bytes(), true).writeBinary(column, row, out);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    IntegerType.of(bytes(), true).readBinary(in, out);
  }

  private static final ThreadLocal<long[]> WORD = ThreadLocal.withInitial(() -> new long[1]);
}
