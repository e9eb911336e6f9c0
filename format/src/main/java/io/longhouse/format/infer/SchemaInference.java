package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextErrors;
import io.longhouse.format.Formats;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the columns of data in a format by reading their first rows. */
public final class SchemaInference {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int COLUMNS_MAX = 1_000_000;
  private static final int ROWS_MAX = 1 << 30;
  private static final int NAME_BYTES_MAX = 1 << 24;

  private final String format;
  private final InferenceSettings settings;
  private final ByteReader in;

  private SchemaInference(String format, InferenceSettings settings, ByteReader in) {
    this.format = format;
    this.settings = settings;
    this.in = in;
  }

  /**
   * The columns of the data, in their order.
   *
   * @param format a format's name, any of its names
   * @param data read from the beginning, as far as needed; not closed
   * @throws LonghouseException BAD_ARGUMENTS (36) for a format that tells nothing of columns,
   *     CANNOT_EXTRACT_TABLE_STRUCTURE (636) when the data do not
   */
  public static List<Header.Field> infer(
      String format, InputStream data, InferenceSettings settings) {
    Formats.inputFactory(format);
    String name = Names.of(format);
    List<Header.Field> fixed = fixed(name);
    if (fixed != null) {
      return fixed;
    }
    var in = new ByteReader(data, BUFFER_BYTES);
    var inference = new SchemaInference(name, settings, in);
    if (!inference.isKnown()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          format
              + " file format doesn't support schema inference. You must specify the structure"
              + " manually");
    }
    if (in.atEnd()) {
      throw failed(format, ": the file is empty");
    }
    if (in.peek() == 0xEF && in.peek(1) == 0xBB && in.peek(2) == 0xBF) {
      in.skip(3); // a byte order mark is not data
    }
    try {
      return inference.columns();
    } catch (LonghouseException e) {
      throw failed(
          format,
          ". Error: Code: "
              + e.errorCode().code()
              + ". DB::Exception: "
              + e.message()
              + ". ("
              + e.errorCode().name()
              + ")");
    }
  }

  private static LonghouseException failed(String format, String why) {
    return new LonghouseException(
        ErrorCode.CANNOT_EXTRACT_TABLE_STRUCTURE,
        "The table structure cannot be extracted from a "
            + format
            + " format file"
            + why
            + ". You can specify the structure manually");
  }

  /** Columns that do not depend on the data. */
  private static @Nullable List<Header.Field> fixed(String format) {
    String column =
        switch (format) {
          case "LineAsString" -> "line";
          case "JSONAsString" -> "json";
          case "RawBLOB" -> "raw_blob";
          default -> "";
        };
    return column.isEmpty() ? null : List.of(new Header.Field(column, StringType.TYPE));
  }

  private boolean isKnown() {
    return switch (Names.bare(format)) {
      case "TabSeparated",
          "TabSeparatedRaw",
          "CSV",
          "JSONCompactEachRow",
          "JSONCompactStringsEachRow",
          "JSONEachRow",
          "JSONStringsEachRow",
          "JSONColumns",
          "JSONCompactColumns",
          "JSON",
          "JSONCompact",
          "TSKV",
          "Values",
          "Native" ->
          true;
      default -> format.equals("RowBinaryWithNamesAndTypes");
    };
  }

  private List<Header.Field> columns() {
    var json = new JsonDocuments(settings, in);
    return switch (Names.bare(format)) {
      case "TabSeparated" -> new TabSeparatedRows(settings, in, false).columns(format);
      case "TabSeparatedRaw" -> new TabSeparatedRows(settings, in, true).columns(format);
      case "CSV" -> new CsvRows(settings, in).columns(format);
      case "JSONCompactEachRow", "JSONCompactStringsEachRow" ->
          new JsonCompactRows(settings, in).columns(format);
      case "JSONEachRow", "JSONStringsEachRow" -> json.objects();
      case "JSONColumns" -> json.namedColumns();
      case "JSONCompactColumns" -> json.unnamedColumns();
      case "JSON" -> {
        List<Header.Field> described = json.meta();
        yield described == null ? json.objects() : described;
      }
      case "JSONCompact" -> withMeta(json);
      case "TSKV" -> pairs();
      case "Values" -> values();
      case "Native" -> block();
      default -> described();
    };
  }

  private static List<Header.Field> withMeta(JsonDocuments json) {
    List<Header.Field> described = json.meta();
    if (described == null) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Expected field \"meta\" with columns names and types, found another field");
    }
    return described;
  }

  private List<Header.Field> pairs() {
    var joining = new Joining(settings, false);
    var columns = new Columns(settings, Columns.Mode.TEXT, joining);
    var rows = new TabSeparatedRows(settings, in, false);
    for (long n = 0; n < settings.rowsMax && in.count() < settings.bytesMax; n++) {
      List<byte[]> fields = rows.fieldBytes();
      if (fields == null) {
        break;
      }
      for (byte[] field : fields) {
        int at = 0;
        while (at < field.length && field[at] != '=') {
          at++;
        }
        String name = rows.text(java.util.Arrays.copyOf(field, at));
        if (at == field.length) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA,
              "Found field without value while parsing TSKV format: " + name);
        }
        byte[] value = java.util.Arrays.copyOfRange(field, at + 1, field.length);
        columns.add(name, name, rows.field(value).guess());
      }
      columns.endRow();
    }
    return columns.fields();
  }

  private List<Header.Field> values() {
    var joining = new Joining(settings, false);
    var columns = new Columns(settings, Columns.Mode.VALUES, joining);
    var values = new QuotedValues(settings, joining);
    long width = -1;
    for (long n = 0; n < settings.rowsMax && in.count() < settings.bytesMax; n++) {
      TextErrors.skipWhitespace(in);
      if (in.accept(',')) {
        TextErrors.skipWhitespace(in);
      }
      if (in.atEnd() || in.peek() == ';') {
        break;
      }
      TextErrors.require('(', in);
      int column = 0;
      do {
        column++;
        Guess g = values.value(in);
        TextErrors.skipWhitespace(in);
        if (g == null || in.peek() != ',' && in.peek() != ')') {
          throw TextErrors.expected(",", in);
        }
        columns.add("c" + column, Integer.toString(column), g);
      } while (in.accept(','));
      TextErrors.require(')', in);
      if (width >= 0 && width != column) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "Rows have different amount of values");
      }
      width = column;
      columns.endRow();
    }
    return columns.fields();
  }

  private List<Header.Field> block() {
    int columns = in.readLength(COLUMNS_MAX, "number of columns");
    int rows = in.readLength(ROWS_MAX, "number of rows");
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String name = in.readText(NAME_BYTES_MAX);
      DataType type = DataTypes.parse(in.readText(NAME_BYTES_MAX));
      WireForm.read(type, rows, in);
      fields.add(new Header.Field(name, type));
    }
    return fields;
  }

  private List<Header.Field> described() {
    int n = in.readLength(COLUMNS_MAX, "number of columns");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add(in.readText(NAME_BYTES_MAX));
    }
    List<Header.Field> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(new Header.Field(name, DataTypes.parse(in.readText(NAME_BYTES_MAX))));
    }
    return fields;
  }
}
