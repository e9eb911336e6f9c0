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
import java.util.List;

/** Whole numbers of 8 to 256 bits, two's complement. */
public final class IntegerType extends DataType {
  public static final IntegerType UINT8 = new IntegerType(1, false);
  public static final IntegerType UINT16 = new IntegerType(2, false);
  public static final IntegerType UINT32 = new IntegerType(4, false);
  public static final IntegerType UINT64 = new IntegerType(8, false);

  /**
   * UInt64 in every respect, of literals that fit Int64 too: together with signed integers such a
   * value is taken for an Int64.
   */
  public static final IntegerType UINT64_OF_LITERAL = new IntegerType(8, false);

  public static final IntegerType UINT128 = new IntegerType(16, false);
  public static final IntegerType UINT256 = new IntegerType(32, false);
  public static final IntegerType INT8 = new IntegerType(1, true);
  public static final IntegerType INT16 = new IntegerType(2, true);
  public static final IntegerType INT32 = new IntegerType(4, true);
  public static final IntegerType INT64 = new IntegerType(8, true);
  public static final IntegerType INT128 = new IntegerType(16, true);
  public static final IntegerType INT256 = new IntegerType(32, true);

  private static final List<IntegerType> ALL =
      List.of(
          UINT8, UINT16, UINT32, UINT64, UINT128, UINT256, INT8, INT16, INT32, INT64, INT128,
          INT256);

  private final int bytes;
  private final boolean signed;

  private IntegerType(int bytes, boolean signed) {
    this.bytes = bytes;
    this.signed = signed;
  }

  /** The type of that width; {@code bytes} is 1, 2, 4, 8, 16 or 32. */
  public static IntegerType of(int bytes, boolean signed) {
    for (IntegerType t : ALL) {
      if (t.bytes == bytes && t.signed == signed) {
        return t;
      }
    }
    throw new IllegalArgumentException(bytes + " bytes");
  }

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }

  public boolean signed() {
    return signed;
  }

  @Override
  public String name() {
    return (signed ? "Int" : "UInt") + bytes * 8;
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
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
    if (bytes > 8) {
      return compareWide(
          ((WideColumn) a).words(), i, ((WideColumn) b).words(), j, bytes / 8, signed);
    }
    long x = signedValue(a, i);
    long y = signedValue(b, j);
    return signed ? Long.compare(x, y) : Long.compareUnsigned(x, y);
  }

  /** Order of two multi-word numbers, the most significant word last. */
  static int compareWide(long[] x, int i, long[] y, int j, int words, boolean signed) {
    for (int k = words - 1; k >= 0; k--) {
      long p = x[i * words + k];
      long q = y[j * words + k];
      if (p != q) {
        return signed && k == words - 1 ? Long.compare(p, q) : Long.compareUnsigned(p, q);
      }
    }
    return 0;
  }

  /** The value of a column of at most 8 bytes, sign-extended whatever the type. */
  private static long signedValue(Column c, int row) {
    return switch (c) {
      case Int8Column v -> v.values()[row];
      case Int16Column v -> v.values()[row];
      case Int32Column v -> v.values()[row];
      case Int64Column v -> v.values()[row];
      default -> throw new IllegalArgumentException("no integers in " + c.getClass());
    };
  }

  @Override
  public boolean hasOrderLongs() {
    return bytes <= 8;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    if (signed) {
      Numbers.toLongs(column, from, length, true, out);
    } else {
      Numbers.toLongs(column, from, length, false, out);
      if (bytes == 8) {
        for (int i = 0; i < length; i++) {
          out[i] ^= Long.MIN_VALUE;
        }
      }
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes the integer types. */
  @Register(
      kind = TypeFactory.class,
      name = "UInt8",
      aliases = {"INT1 UNSIGNED", "TINYINT UNSIGNED"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "Int8",
      aliases = {"BYTE", "INT1", "INT1 SIGNED", "TINYINT", "TINYINT SIGNED"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "UInt16",
      aliases = {"SMALLINT UNSIGNED", "YEAR"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "Int16",
      aliases = {"SMALLINT", "SMALLINT SIGNED"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "UInt32",
      aliases = {"INT UNSIGNED", "INTEGER UNSIGNED", "MEDIUMINT UNSIGNED"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "Int32",
      aliases = {"INT", "INT SIGNED", "INTEGER", "INTEGER SIGNED", "MEDIUMINT", "MEDIUMINT SIGNED"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "UInt64",
      aliases = {"BIGINT UNSIGNED", "BIT", "SET", "UNSIGNED"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "Int64",
      aliases = {"BIGINT", "BIGINT SIGNED", "SIGNED"},
      aliasesCaseInsensitive = true)
  @Register(kind = TypeFactory.class, name = "UInt128")
  @Register(kind = TypeFactory.class, name = "Int128")
  @Register(kind = TypeFactory.class, name = "UInt256")
  @Register(kind = TypeFactory.class, name = "Int256")
  static final class Factory implements TypeFactory {
    private final IntegerType type;

    Factory(String name) {
      this.type = ALL.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public DataType create(TypeName name) {
      return type;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    boolean quoted =
        form == TextForm.JSON && bytes >= 8 && settings.outputFormatJsonQuote64bitIntegers;
    if (quoted) {
      out.writeByte('"');
    }
    switch (column) {
      case Int8Column c -> out.writeDecimal(signed ? c.values()[row] : c.values()[row] & 0xFF);
      case Int16Column c -> out.writeDecimal(signed ? c.values()[row] : c.values()[row] & 0xFFFF);
      case Int32Column c ->
          out.writeDecimal(signed ? c.values()[row] : c.values()[row] & 0xFFFF_FFFFL);
      case Int64Column c -> {
        if (signed) {
          out.writeDecimal(c.values()[row]);
        } else {
          out.writeUnsignedDecimal(c.values()[row]);
        }
      }
      case WideColumn c ->
          IntegerText.writeWide(c.words(), row * (bytes / 8), bytes / 8, signed, out);
      default -> throw new IllegalArgumentException("no integers in " + column.getClass());
    }
    if (quoted) {
      out.writeByte('"');
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = openNumber(in, form);
    if (form == TextForm.JSON && quote == 0 && readWord(in, settings, out)) {
      return;
    }
    boolean quick = form == TextForm.ESCAPED || form == TextForm.QUOTED;
    if (out instanceof WideColumn.Builder w) {
      w.appendDefault(1);
      int at = (w.size() - 1) * w.wordsPerValue();
      IntegerText.readWide(in, signed, quick, w.words(), at, w.wordsPerValue());
    } else {
      add(quick ? IntegerText.readQuick(in, signed) : IntegerText.read(in, signed), out);
    }
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    switch (column) {
      case Int8Column c -> out.writeByte(c.values()[row]);
      case Int16Column c -> out.writeShort(c.values()[row]);
      case Int32Column c -> out.writeInt(c.values()[row]);
      case Int64Column c -> out.writeLong(c.values()[row]);
      case WideColumn c -> {
        for (int k = 0; k < bytes / 8; k++) {
          out.writeLong(c.words()[row * (bytes / 8) + k]);
        }
      }
      default -> throw new IllegalArgumentException("no integers in " + column.getClass());
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    switch (out) {
      case Int8Column.Builder b -> b.add(in.readByte());
      case Int16Column.Builder b -> b.add(in.readShort());
      case Int32Column.Builder b -> b.add(in.readInt());
      case Int64Column.Builder b -> b.add(in.readLong());
      case WideColumn.Builder b -> {
        b.appendDefault(1);
        for (int k = 0; k < b.wordsPerValue(); k++) {
          b.words()[(b.size() - 1) * b.wordsPerValue() + k] = in.readLong();
        }
      }
      default -> throw new IllegalArgumentException("no integers in " + out.getClass());
    }
  }

  /** The quote before a number, where the form allows one, or 0. */
  static int openNumber(ByteReader in, TextForm form) {
    return form == TextForm.JSON && in.peek() == '"' || form == TextForm.CSV
        ? Quotes.open(form, in)
        : 0;
  }

  /** Reads JSON's null as 0 and its booleans as 0 and 1; answers whether one stood there. */
  private boolean readWord(ByteReader in, FormatSettings settings, ColumnBuilder out) {
    int c = in.peek();
    if (c == 'n') {
      TextErrors.require("null", in);
      out.appendDefault(1);
      return true;
    }
    if ((c == 't' || c == 'f') && (settings.inputFormatJsonReadBoolsAsNumbers || bytes == 1)) {
      TextErrors.require(c == 't' ? "true" : "false", in);
      if (out instanceof WideColumn.Builder w) {
        w.appendDefault(1);
        w.words()[(w.size() - 1) * w.wordsPerValue()] = c == 't' ? 1 : 0;
      } else {
        add(c == 't' ? 1 : 0, out);
      }
      return true;
    }
    return false;
  }

  /** Adds a number to a builder of integers of at most 8 bytes, cut to their width. */
  static void add(long v, ColumnBuilder out) {
    switch (out) {
      case Int8Column.Builder b -> b.add((byte) v);
      case Int16Column.Builder b -> b.add((short) v);
      case Int32Column.Builder b -> b.add((int) v);
      case Int64Column.Builder b -> b.add(v);
      default -> throw new IllegalArgumentException("no integers in " + out.getClass());
    }
  }
}
