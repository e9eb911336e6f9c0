package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import java.util.Arrays;

/** Any bytes; text when they are UTF-8. */
public final class StringType extends DataType {
  /** String. */
  public static final StringType TYPE = new StringType();

  private StringType() {}

  @Override
  public String name() {
    return "String";
  }

  @Override
  public StringColumn.Builder newBuilder(int capacity) {
    return new StringColumn.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    var x = (StringColumn) a;
    var y = (StringColumn) b;
    return Arrays.compareUnsigned(
        x.bytes(),
        x.offsets()[i],
        x.offsets()[i + 1],
        y.bytes(),
        y.offsets()[j],
        y.offsets()[j + 1]);
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes String. */
  @Register(
      kind = TypeFactory.class,
      name = "String",
      aliases = {
        "BINARY LARGE OBJECT",
        "BINARY VARYING",
        "BLOB",
        "BYTEA",
        "CHAR",
        "CHAR LARGE OBJECT",
        "CHAR VARYING",
        "CHARACTER",
        "CHARACTER LARGE OBJECT",
        "CHARACTER VARYING",
        "CLOB",
        "LONGBLOB",
        "LONGTEXT",
        "MEDIUMBLOB",
        "MEDIUMTEXT",
        "NATIONAL CHAR",
        "NATIONAL CHAR VARYING",
        "NATIONAL CHARACTER",
        "NATIONAL CHARACTER LARGE OBJECT",
        "NATIONAL CHARACTER VARYING",
        "NCHAR",
        "NCHAR LARGE OBJECT",
        "NCHAR VARYING",
        "NVARCHAR",
        "TEXT",
        "TINYBLOB",
        "TINYTEXT",
        "VARBINARY",
        "VARCHAR",
        "VARCHAR2"
      },
      aliasesCaseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    var c = (StringColumn) column;
    int from = c.offsets()[row];
    StringText.write(c.bytes(), from, c.offsets()[row + 1] - from, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    if (form == TextForm.JSON && in.peek() != '"') {
      readJsonValue(in, settings, (StringColumn.Builder) out);
    } else {
      StringText.read(in, form, settings, (StringColumn.Builder) out);
    }
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    var c = (StringColumn) column;
    int from = c.offsets()[row];
    int length = c.offsets()[row + 1] - from;
    out.writeVarUInt(length);
    out.writeBytes(c.bytes(), from, length);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    var b = (StringColumn.Builder) out;
    int length = in.readLength(BINARY_BYTES_MAX, "string size");
    if (length <= in.limit() - in.position()) {
      b.add(in.buffer(), in.position(), length);
      in.position(in.position() + length);
    } else {
      b.add(in.readBytes(length));
    }
  }

  private static final int BINARY_BYTES_MAX = 1 << 30;

  /** A JSON value that is no string, kept as its text where the settings allow. */
  private static void readJsonValue(
      ByteReader in, FormatSettings settings, StringColumn.Builder out) {
    int c = in.peek();
    String setting =
        switch (c) {
          case '{' ->
              settings.inputFormatJsonReadObjectsAsStrings
                  ? ""
                  : "input_format_json_read_objects_as_strings";
          case '[' ->
              settings.inputFormatJsonReadArraysAsStrings
                  ? ""
                  : "input_format_json_read_arrays_as_strings";
          case 't', 'f' ->
              settings.inputFormatJsonReadBoolsAsStrings
                  ? ""
                  : "input_format_json_read_bools_as_strings";
          case 'n' -> "";
          default ->
              c == '-' || c >= '0' && c <= '9'
                  ? settings.inputFormatJsonReadNumbersAsStrings ? "" : "none"
                  : "a quoted string";
        };
    if (setting.equals("none")) {
      StringText.read(in, TextForm.JSON, settings, out);
      return;
    }
    if (!setting.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Cannot parse JSON String value here: "
              + TextErrors.rest(in)
              + ", it is possible with the setting "
              + setting);
    }
    if (c == 'n') {
      TextErrors.require("null", in);
      out.appendDefault(1);
      return;
    }
    var text = new ByteWriter(64);
    JsonText.copyValue(in, settings, text);
    out.add(text.buffer(), 0, text.position());
  }
}
