package io.longhouse.format;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.JsonText;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads whole columns as JSON arrays: in an object by name, or in an array in order. */
final class JsonColumnsInput implements InputFormat {
  private final Header header;
  private final FormatSettings settings;
  private final ByteReader in;
  private final boolean compact;
  private MissingValues missing;

  private JsonColumnsInput(Header header, FormatSettings settings, ByteReader in, String name) {
    this.header = header;
    this.settings = settings;
    this.in = in;
    compact = name.contains("Compact");
    missing = new MissingValues(header.size());
  }

  @Override
  public MissingValues missing() {
    return missing;
  }

  @Override
  public @Nullable Block read() {
    TextErrors.skipWhitespace(in);
    if (in.atEnd()) {
      return null;
    }
    missing = new MissingValues(header.size());
    List<ColumnBuilder> builders = header.newBuilders(64);
    boolean[] seen = new boolean[header.size()];
    int rows = -1;
    TextErrors.require(compact ? '[' : '{', in);
    TextErrors.skipWhitespace(in);
    int close = compact ? ']' : '}';
    for (int k = 0; !in.accept(close); k++) {
      if (k > 0) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      int i = compact ? (k < header.size() ? k : -1) : header.indexOf(key());
      if (i < 0 || seen[i]) {
        JsonText.skipValue(in, settings);
      } else {
        seen[i] = true;
        values(i, builders.get(i));
        int n = builders.get(i).size();
        if (rows >= 0 && n != rows) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA,
              "Number of rows differ in different columns: " + rows + " != " + n);
        }
        rows = n;
      }
      TextErrors.skipWhitespace(in);
    }
    return rows <= 0 ? null : block(builders, seen, rows);
  }

  private Block block(List<ColumnBuilder> builders, boolean[] seen, int rows) {
    Column[] columns = new Column[header.size()];
    for (int i = 0; i < columns.length; i++) {
      if (!seen[i]) {
        for (int row = 0; row < rows; row++) {
          missing.set(i, row);
          builders.get(i).append(header.type(i).defaultValue(), 0);
        }
      }
      columns[i] = builders.get(i).build();
    }
    return new Block(columns, rows);
  }

  private String key() {
    ByteWriter text = StringText.read(in, TextForm.JSON, settings);
    String key = ByteText.decode(text.buffer(), 0, text.position());
    TextErrors.skipWhitespace(in);
    TextErrors.require(':', in);
    TextErrors.skipWhitespace(in);
    return key;
  }

  private void values(int i, ColumnBuilder out) {
    TextErrors.require('[', in);
    TextErrors.skipWhitespace(in);
    boolean nullIsDefault =
        settings.inputFormatNullAsDefault && NullableType.strip(header.type(i)) == header.type(i);
    while (!in.accept(']')) {
      if (out.size() > 0) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      if (nullIsDefault && NullableType.acceptNull(in, TextForm.JSON, settings)) {
        missing.set(i, out.size());
        out.append(header.type(i).defaultValue(), 0);
      } else {
        header.type(i).readText(in, TextForm.JSON, settings, out);
      }
      TextErrors.skipWhitespace(in);
    }
  }

  @Register(kind = InputFormatFactory.class, name = "JSONColumns", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "JSONCompactColumns", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new JsonColumnsInput(header, settings, in, name);
    }
  }
}
