package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.NullableColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** A value or NULL. */
public final class NullableType extends DataType {
  private final DataType nested;

  private NullableType(DataType nested) {
    this.nested = nested;
  }

  /** Nullable of the type, or the type itself where it is Nullable already or cannot be. */
  public static DataType orSame(DataType type) {
    if (type instanceof LowCardinalityType l) {
      return new LowCardinalityType(orSame(l.nested()));
    }
    return type instanceof NullableType || !type.canBeInsideNullable()
        ? type
        : new NullableType(type);
  }

  /** The type inside Nullable, or the type itself. */
  public static DataType strip(DataType type) {
    return type instanceof NullableType n ? n.nested : type;
  }

  public DataType nested() {
    return nested;
  }

  @Override
  public String name() {
    return "Nullable(" + nested.name() + ")";
  }

  @Override
  public NullableColumn.Builder newBuilder(int capacity) {
    return new NullableColumn.Builder(nested.newBuilder(capacity), capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (NullableColumn) a;
    var y = (NullableColumn) b;
    boolean nx = x.nulls()[i] != 0;
    boolean ny = y.nulls()[j] != 0;
    if (nx || ny) {
      return nx && ny ? 0 : nx ? nullsDirection : -nullsDirection;
    }
    return nested.compare(x.values(), i, y.values(), j, nullsDirection);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return nested.canBeInsideLowCardinality();
  }

  @Override
  public boolean isComparable() {
    return nested.isComparable();
  }

  /** Makes Nullable(T). */
  @Register(kind = TypeFactory.class, name = "Nullable")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      DataType nested = TypeArguments.of(name).count(1).type(0);
      if (!nested.canBeInsideNullable()) {
        throw new io.longhouse.sql.LonghouseException(
            io.longhouse.sql.ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
            "Nested type " + nested.name() + " cannot be inside Nullable type");
      }
      return new NullableType(nested);
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    var c = (NullableColumn) column;
    if (c.nulls()[row] == 0) {
      nested.writeText(c.values(), row, form, settings, out);
    } else {
      writeNull(form, settings, out);
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    var b = (NullableColumn.Builder) out;
    if (acceptNull(in, form, settings)) {
      b.addNull();
    } else {
      nested.readText(in, form, settings, b.values());
      b.addedValue();
    }
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    var c = (NullableColumn) column;
    boolean isNull = c.nulls()[row] != 0;
    out.writeByte(isNull ? 1 : 0);
    if (!isNull) {
      nested.writeBinary(c.values(), row, out);
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    var b = (NullableColumn.Builder) out;
    if (in.readByte() != 0) {
      b.addNull();
    } else {
      nested.readBinary(in, b.values());
      b.addedValue();
    }
  }

  /** Writes NULL in a form. */
  public static void writeNull(TextForm form, FormatSettings settings, ByteWriter out) {
    switch (form) {
      case RAW, ESCAPED -> out.writeText(settings.formatTsvNullRepresentation);
      case XML -> out.writeAscii("\\N");
      case QUOTED -> out.writeAscii("NULL");
      case CSV -> out.writeText(settings.formatCsvNullRepresentation);
      case JSON -> out.writeAscii("null");
    }
  }

  /** Consumes NULL in a form if it stands there. */
  public static boolean acceptNull(ByteReader in, TextForm form, FormatSettings settings) {
    int first = in.peek();
    return switch (form) {
      case ESCAPED -> {
        String text = settings.formatTsvNullRepresentation;
        yield text.isEmpty() || text.charAt(0) == first ? acceptField(text, '\t', in) : false;
      }
      case CSV -> {
        String text = settings.formatCsvNullRepresentation;
        yield text.isEmpty() || text.charAt(0) == first
            ? acceptField(text, settings.formatCsvDelimiter, in)
            : false;
      }
      case JSON -> first == 'n' && in.peek(1) == 'u' && acceptWord("null", in);
      case QUOTED -> (first == 'N' || first == 'n') && acceptWord("null", in);
      case RAW, XML -> acceptWholeNull(in);
    };
  }

  /**
   * A text of its own, not a field of a table, is NULL when it is that word or its small capitals.
   */
  private static boolean acceptWholeNull(ByteReader in) {
    int first = in.peek();
    if (first == 'N' || first == 'n') {
      return in.peek(4) < 0 && in.peek(3) >= 0 && acceptWord("null", in);
    }
    if (first != (SMALL_CAPITALS[0] & 0xFF) || in.peek(SMALL_CAPITALS.length) >= 0) {
      return false;
    }
    for (int i = 0; i < SMALL_CAPITALS.length; i++) {
      if (in.peek(i) != (SMALL_CAPITALS[i] & 0xFF)) {
        return false;
      }
    }
    in.position(in.position() + SMALL_CAPITALS.length);
    return true;
  }

  private static final byte[] SMALL_CAPITALS = io.longhouse.sql.ByteText.encode("ᴺᵁᴸᴸ");

  /** Consumes {@code text} if it stands there as a whole field. */
  private static boolean acceptField(String text, char delimiter, ByteReader in) {
    int n = text.length();
    for (int i = 0; i < n; i++) {
      if (in.peek(i) != text.charAt(i)) {
        return false;
      }
    }
    int next = in.peek(n);
    if (next >= 0 && next != delimiter && next != '\n' && next != '\r') {
      return false;
    }
    in.position(in.position() + n);
    return true;
  }

  private static boolean acceptWord(String word, ByteReader in) {
    for (int i = 0; i < word.length(); i++) {
      if ((in.peek(i) | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    int next = in.peek(word.length());
    if (next == '_' || (next | 0x20) >= 'a' && (next | 0x20) <= 'z' && next > 0) {
      return false;
    }
    in.position(in.position() + word.length());
    return true;
  }
}
