package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TextForm;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What formats that read row by row share: blocks, missing values, the number of the row in a
 * message, and skipping of rows that cannot be read.
 */
abstract class RowInput implements InputFormat {
  private static final long BLOCK_BYTES_MAX = 512L << 20;
  private static final Set<ErrorCode> SKIPPABLE =
      EnumSet.of(
          ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
          ErrorCode.CANNOT_PARSE_QUOTED_STRING,
          ErrorCode.CANNOT_PARSE_DATE,
          ErrorCode.CANNOT_PARSE_DATETIME,
          ErrorCode.CANNOT_READ_ARRAY_FROM_TEXT,
          ErrorCode.CANNOT_READ_ALL_DATA,
          ErrorCode.CANNOT_READ_MAP_FROM_TEXT,
          ErrorCode.CANNOT_PARSE_NUMBER,
          ErrorCode.CANNOT_PARSE_UUID,
          ErrorCode.CANNOT_PARSE_BOOL,
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          ErrorCode.INCORRECT_DATA,
          ErrorCode.CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING,
          ErrorCode.CANNOT_PARSE_IPV4,
          ErrorCode.CANNOT_PARSE_IPV6,
          ErrorCode.UNKNOWN_ELEMENT_OF_ENUM,
          ErrorCode.CANNOT_PARSE_ESCAPE_SEQUENCE,
          ErrorCode.TOO_LARGE_STRING_SIZE);

  final Header header;
  final DataType[] types;
  final FormatSettings settings;
  final ByteReader in;
  final InputOptions options;
  ColumnBuilder[] builders = new ColumnBuilder[0];
  MissingValues missing;

  /** Rows in the block that is being read. */
  int rows;

  private final Column[] defaults;
  private final boolean[] nullIsDefault;
  private boolean begun;
  private long totalRows;
  private long skipped;

  RowInput(Header header, FormatSettings settings, ByteReader in, InputOptions options) {
    this.header = header;
    this.settings = settings;
    this.in = in;
    this.options = options;
    int n = header.size();
    types = new DataType[n];
    defaults = new Column[n];
    nullIsDefault = new boolean[n];
    missing = new MissingValues(n);
    for (int i = 0; i < n; i++) {
      types[i] = header.type(i);
      defaults[i] = types[i].defaultValue();
      DataType values = LowCardinalityType.strip(types[i]);
      nullIsDefault[i] = settings.inputFormatNullAsDefault && NullableType.strip(values) == values;
    }
  }

  /** Reads what stands before the first row. */
  void readHeader() {}

  /** Reads one row into all builders; answers false at the end, with nothing added. */
  abstract boolean readRow();

  /** Goes to the next row after an error; answers whether the format can. */
  boolean skipToNextRow() {
    return false;
  }

  @Override
  public MissingValues missing() {
    return missing;
  }

  @Override
  public long skippedRows() {
    return skipped;
  }

  @Override
  public @Nullable Block read() {
    if (!begun) {
      begun = true;
      totalRows = options.firstRow();
      readHeader();
    }
    missing = new MissingValues(types.length);
    int capacity = Math.max(64, Math.min(rows, options.blockRowsMax()));
    builders = new ColumnBuilder[types.length];
    for (int i = 0; i < types.length; i++) {
      builders[i] = types[i].newBuilder(capacity);
    }
    rows = 0;
    long start = in.count();
    while (rows < options.blockRowsMax() && in.count() - start < BLOCK_BYTES_MAX) {
      try {
        if (!readRow()) {
          break;
        }
        rows++;
        totalRows++;
      } catch (LonghouseException e) {
        handle(e);
      }
    }
    if (rows == 0) {
      return null;
    }
    Column[] columns = new Column[types.length];
    for (int i = 0; i < types.length; i++) {
      columns[i] = builders[i].build();
    }
    return new Block(columns, rows);
  }

  private void handle(LonghouseException e) {
    totalRows++;
    skipped++;
    boolean allowed =
        SKIPPABLE.contains(e.errorCode())
            && (skipped <= settings.inputFormatAllowErrorsNum
                || skipped <= totalRows * settings.inputFormatAllowErrorsRatio);
    for (int i = 0; i < types.length; i++) {
      builders[i].truncate(Math.min(rows, builders[i].size()));
    }
    missing.truncate(rows);
    if (!allowed || !skipToNextRow()) {
      throw new LonghouseException(
          e.errorCode(), e.message() + ": (at row " + totalRows + ")\n", e);
    }
  }

  /** Reads a value; NULL becomes the default where the type has no NULL and settings allow. */
  final void field(int i, TextForm form) {
    if (nullIsDefault[i] && NullableType.acceptNull(in, form, settings)) {
      addDefault(i);
    } else {
      types[i].readText(in, form, settings, builders[i]);
    }
  }

  /** Adds the type's default for a value that is not there. */
  final void addDefault(int i) {
    if (settings.inputFormatDefaultsForOmittedFields) {
      missing.set(i, rows);
    }
    builders[i].append(defaults[i], 0);
  }

  /** Adds defaults to all columns that have no value in this row yet. */
  final void addMissing() {
    for (int i = 0; i < types.length; i++) {
      if (builders[i].size() == rows) {
        addDefault(i);
      }
    }
  }

  /** Skips everything up to and with the next line feed; answers false at the end. */
  final boolean skipLine() {
    for (int c = in.next(); c != '\n'; c = in.next()) {
      if (c < 0) {
        return true;
      }
    }
    return true;
  }
}
