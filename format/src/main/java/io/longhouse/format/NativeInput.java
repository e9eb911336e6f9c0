package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Reads blocks column by column, found by name; the layout is that of {@link NativeOutput}. */
final class NativeInput implements InputFormat {
  private static final int COLUMNS_MAX = 1_000_000;
  private static final int ROWS_MAX = 1 << 30;
  private static final int NAME_BYTES_MAX = 1 << 24;

  private final Header header;
  private final FormatSettings settings;
  private final ByteReader in;
  private MissingValues missing;

  private NativeInput(Header header, FormatSettings settings, ByteReader in) {
    this.header = header;
    this.settings = settings;
    this.in = in;
    missing = new MissingValues(header.size());
  }

  @Override
  public MissingValues missing() {
    return missing;
  }

  @Override
  public @Nullable Block read() {
    while (!in.atEnd()) {
      int columnCount = in.readLength(COLUMNS_MAX, "number of columns");
      int rows = in.readLength(ROWS_MAX, "number of rows");
      Column[] columns = columns(columnCount, rows);
      if (rows > 0) {
        return new Block(columns, rows);
      }
    }
    return null;
  }

  private Column[] columns(int columnCount, int rows) {
    Column[] columns = new Column[header.size()];
    for (int k = 0; k < columnCount; k++) {
      String name = in.readText(NAME_BYTES_MAX);
      DataType type = DataTypes.parse(in.readText(NAME_BYTES_MAX));
      Column column = WireForm.read(type, rows, in);
      int i = header.indexOf(name);
      if (i < 0) {
        if (!settings.inputFormatSkipUnknownFields) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA, "Unknown column with name " + name + " found in data");
        }
      } else if (type.equals(header.type(i))
          || type instanceof DateTimeType && header.type(i) instanceof DateTimeType) {
        columns[i] = column;
      } else {
        columns[i] = converted(name, column, type, header.type(i));
      }
    }
    missing = new MissingValues(columns.length);
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == null) {
        columns[i] = header.type(i).defaults(rows);
        for (int row = 0; row < rows; row++) {
          missing.set(i, row);
        }
      }
    }
    return columns;
  }

  /** The column in another type, by way of each value's text. */
  private Column converted(String name, Column column, DataType from, DataType to) {
    if (!settings.inputFormatNativeAllowTypesConversion) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Type of column " + name + " is " + from.name() + " in the data, expected " + to.name());
    }
    return TypeConversion.byText(column, from, to);
  }

  @Register(kind = InputFormatFactory.class, name = "Native", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new NativeInput(header, settings, in);
    }
  }
}
