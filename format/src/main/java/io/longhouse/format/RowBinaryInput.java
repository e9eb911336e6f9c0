package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * Reads what RowBinary formats write. In the WithDefaults formats a byte stands before each value:
 * 1 and no value for the default.
 */
final class RowBinaryInput extends RowInput {
  private static final int NAME_BYTES_MAX = 1 << 20;
  private static final int COLUMNS_MAX = 1 << 20;

  private final boolean withNames;
  private final boolean withTypes;
  private final boolean withDefaults;
  private int[] places;
  private DataType[] skippedTypes = new DataType[0];

  private RowBinaryInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(header, settings, in, options);
    withNames = name.contains("WithNames");
    withTypes = name.contains("AndTypes");
    withDefaults = name.endsWith("Defaults");
    places = new int[types.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
  }

  @Override
  void readHeader() {
    if (!withNames || in.atEnd()) {
      return;
    }
    int n = in.readLength(COLUMNS_MAX, "number of columns");
    String[] names = new String[n];
    for (int k = 0; k < n; k++) {
      names[k] = in.readText(NAME_BYTES_MAX);
    }
    int[] found = new int[n];
    skippedTypes = new DataType[n];
    for (int k = 0; k < n; k++) {
      found[k] = settings.inputFormatWithNamesUseHeader ? header.indexOf(names[k]) : k;
      if (found[k] < 0 && !(settings.inputFormatSkipUnknownFields && withTypes)) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Unknown field found in format header: '" + names[k] + "' at position " + k);
      }
    }
    for (int k = 0; k < n && withTypes; k++) {
      String type = in.readText(NAME_BYTES_MAX);
      if (found[k] < 0) {
        skippedTypes[k] = DataTypes.parse(type);
      } else if (settings.inputFormatWithTypesUseHeader && !types[found[k]].name().equals(type)) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Type of '" + names[k] + "' must be " + types[found[k]].name() + ", not " + type);
      }
    }
    places = found;
  }

  @Override
  boolean readRow() {
    if (in.atEnd()) {
      return false;
    }
    for (int k = 0; k < places.length; k++) {
      int i = places[k];
      if (withDefaults && in.readByte() != 0) {
        if (i >= 0) {
          addDefault(i);
        }
      } else if (i >= 0) {
        types[i].readBinary(in, builders[i]);
      } else {
        ColumnBuilder skipped = skippedTypes[k].newBuilder(1);
        skippedTypes[k].readBinary(in, skipped);
      }
    }
    if (withNames) {
      addMissing();
    }
    return true;
  }

  @Register(kind = InputFormatFactory.class, name = "RowBinary", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "RowBinaryWithNames", caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "RowBinaryWithNamesAndTypes",
      caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "RowBinaryWithDefaults", caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "RowBinaryWithNamesAndTypesAndDefaults",
      caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new RowBinaryInput(header, settings, in, options, name);
    }
  }
}
