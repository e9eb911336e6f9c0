package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.JsonText;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Reads the rows in the {@code data} of what the JSON and JSONCompact formats write. */
final class JsonInput extends JsonEachRowInput {
  private final boolean compact;
  private boolean begun;

  private JsonInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(header, settings, in, options, "JSONEachRow");
    compact = name.contains("Compact");
  }

  @Override
  void readHeader() {
    TextErrors.skipWhitespace(in);
    TextErrors.require('{', in);
    while (true) {
      TextErrors.skipWhitespace(in);
      ByteWriter text = StringText.read(in, TextForm.JSON, settings);
      boolean data = ByteText.decode(text.buffer(), 0, text.position()).equals("data");
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      TextErrors.skipWhitespace(in);
      if (data) {
        TextErrors.require('[', in);
        return;
      }
      JsonText.skipValue(in, settings);
      TextErrors.skipWhitespace(in);
      if (!in.accept(',')) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "Expected field \"data\" with table content");
      }
    }
  }

  @Override
  boolean toNextRow() {
    TextErrors.skipWhitespace(in);
    if (begun && in.accept(',')) {
      TextErrors.skipWhitespace(in);
    }
    begun = true;
    return in.peek() >= 0 && in.peek() != ']';
  }

  @Override
  boolean readRow() {
    if (!compact) {
      return super.readRow();
    }
    if (!toNextRow()) {
      return false;
    }
    TextErrors.require('[', in);
    for (int i = 0; i < types.length; i++) {
      TextErrors.skipWhitespace(in);
      if (i > 0) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      field(i, TextForm.JSON);
    }
    TextErrors.skipWhitespace(in);
    TextErrors.require(']', in);
    return true;
  }

  @Register(kind = InputFormatFactory.class, name = "JSON", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "JSONCompact", caseInsensitive = true)
  static final class JsonFactory implements InputFormatFactory {
    private final String name;

    JsonFactory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new JsonInput(header, settings, in, options, name);
    }
  }
}
