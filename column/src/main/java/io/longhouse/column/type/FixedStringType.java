package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.util.Arrays;

/** Exactly n bytes, zeros at the end of shorter ones. */
public final class FixedStringType extends DataType {
  private final int width;

  public FixedStringType(int width) {
    this.width = width;
  }

  /** Bytes of a value. */
  public int width() {
    return width;
  }

  @Override
  public String name() {
    return "FixedString(" + width + ")";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new FixedBytesColumn.Builder(width, capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    byte[] x = ((FixedBytesColumn) a).bytes();
    byte[] y = ((FixedBytesColumn) b).bytes();
    return Arrays.compareUnsigned(x, i * width, (i + 1) * width, y, j * width, (j + 1) * width);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes FixedString(n). */
  @Register(
      kind = TypeFactory.class,
      name = "FixedString",
      aliases = {"BINARY"},
      aliasesCaseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return new FixedStringType((int) TypeArguments.of(name).count(1).number(0, 1, 0xFFFFFF));
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    byte[] b = ((FixedBytesColumn) column).bytes();
    int length = width;
    if (settings.outputFormatTrimFixedString) {
      while (length > 0 && b[row * width + length - 1] == 0) {
        length--;
      }
    }
    StringText.write(b, row * width, length, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    ByteWriter text = StringText.read(in, form, settings);
    if (text.position() > width) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_STRING_SIZE, "Too large value for " + name());
    }
    ((FixedBytesColumn.Builder) out).add(text.buffer(), 0, text.position());
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeBytes(((FixedBytesColumn) column).bytes(), row * width, width);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    if (in.has(width)) {
      ((FixedBytesColumn.Builder) out).add(in.buffer(), in.position(), width);
      in.position(in.position() + width);
    } else {
      throw TextErrors.endOfData();
    }
  }
}
