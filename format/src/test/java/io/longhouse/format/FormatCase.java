package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TupleType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A result and what ClickHouse 26.7 printed for it; made by compat/peers. */
record FormatCase(
    String name, String format, String settingsText, Header header, byte[] data, byte[] output) {
  static List<FormatCase> all() {
    return of("outputs.bin");
  }

  static List<FormatCase> of(String resource) {
    try (var in = FormatCase.class.getResourceAsStream(resource)) {
      var bytes = new ByteReader(java.util.Objects.requireNonNull(in).readAllBytes());
      List<FormatCase> cases = new ArrayList<>();
      while (!bytes.atEnd()) {
        var line = new StringBuilder();
        for (int c = bytes.next(); c != '\n'; c = bytes.next()) {
          line.append((char) c);
        }
        String[] f = line.toString().split("\t", -1);
        byte[] data = bytes.readBytes(Integer.parseInt(f[5]));
        bytes.readByte();
        byte[] output = bytes.readBytes(Integer.parseInt(f[6]));
        bytes.readByte();
        cases.add(new FormatCase(f[1], f[2], f[3], header(f[4]), data, output));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Header header(String structure) {
    var tuple = (TupleType) DataTypes.parse("Tuple(" + structure + ")");
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < tuple.elements().size(); i++) {
      fields.add(new Header.Field(tuple.names().get(i), tuple.elements().get(i)));
    }
    return new Header(fields);
  }

  FormatSettings settings() {
    Map<String, String> values = new HashMap<>();
    values.put("output_format_write_statistics", "0");
    if (settingsText.equals("format_csv_delimiter=;")) {
      values.put("format_csv_delimiter", ";");
    }
    for (String s : settingsText.split(";")) {
      if (s.indexOf('=') < s.length() - 1) {
        values.put(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1));
      }
    }
    return FormatSettings.from(values::get);
  }

  /** The rows, or those behind a marker such as {@code @totals}; null where there are none. */
  @org.jspecify.annotations.Nullable
  Block block(String marker) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    int from = marker.isEmpty() ? 0 : text.indexOf(marker);
    if (from < 0) {
      return null;
    }
    from += marker.isEmpty() ? 0 : marker.length() + 1;
    int to = text.indexOf("@", from);
    boolean marked = text.contains("@totals");
    byte[] part = Arrays.copyOfRange(data, from, to < 0 || !marked ? data.length : to);
    var settings = FormatSettings.DEFAULT.with("input_format_tsv_detect_header", "0");
    return Formats.input(
            "TabSeparated", header, settings, new ByteReader(part), InputOptions.DEFAULT)
        .read();
  }

  String title() {
    return name + " " + format + (settingsText.isEmpty() ? "" : " " + settingsText);
  }
}
