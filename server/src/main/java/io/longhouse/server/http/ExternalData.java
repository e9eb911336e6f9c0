package io.longhouse.server.http;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.session.QueryRequest.ExternalTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables that came along as files of a form. For a file {@code name} the parameters {@code
 * name_structure} ({@code a UInt8, b String}) or {@code name_types} ({@code UInt8,String}: columns
 * {@code _1}, {@code _2}) tell the columns, and {@code name_format} the format, TabSeparated if it
 * is missing.
 */
final class ExternalData {
  private ExternalData() {}

  static List<ExternalTable> read(
      List<Multipart.Part> files, Parameters parameters, Settings settings) {
    List<ExternalTable> tables = new ArrayList<>();
    for (Multipart.Part file : files) {
      String name = file.name().isEmpty() ? "_data" : file.name();
      Header header = header(name, parameters);
      InputFormat format =
          Formats.input(
              parameters.get(name + "_format", "TabSeparated"),
              header,
              settings.formats(),
              new ByteReader(file.content()),
              InputOptions.DEFAULT);
      List<Block> blocks = new ArrayList<>();
      for (Block b = format.read(); b != null; b = format.read()) {
        blocks.add(b);
      }
      tables.add(new ExternalTable(name, header, blocks));
    }
    return tables;
  }

  private static Header header(String name, Parameters parameters) {
    List<Header.Field> fields = new ArrayList<>();
    if (parameters.has(name + "_structure")) {
      for (String column : split(parameters.get(name + "_structure", ""))) {
        int blank = column.indexOf(' ');
        if (blank < 0) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS,
              "Column " + column + " of " + name + "_structure has no type");
        }
        String bare = column.substring(0, blank).replace("`", "");
        fields.add(new Header.Field(bare, DataTypes.parse(column.substring(blank + 1).strip())));
      }
    } else if (parameters.has(name + "_types")) {
      int i = 1;
      for (String type : split(parameters.get(name + "_types", ""))) {
        fields.add(new Header.Field("_" + i++, DataTypes.parse(type)));
      }
    }
    if (fields.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The structure of the external table "
              + name
              + " is not given: expected "
              + name
              + "_structure or "
              + name
              + "_types");
    }
    return new Header(fields);
  }

  /** The pieces between commas that are in no parentheses and no quotes. */
  private static List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && depth == 0) {
          pieces.add(text.substring(from, i).strip());
          from = i + 1;
        }
      }
    }
    if (!text.substring(from).isBlank()) {
      pieces.add(text.substring(from).strip());
    }
    return pieces;
  }
}
