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

/** Reads a JSON array a row; in the Strings formats each value is a string of its text. */
final class JsonCompactEachRowInput extends TabularInput {
  private final boolean strings;
  private boolean first;

  private JsonCompactEachRowInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(
        header,
        settings,
        in,
        options,
        name,
        false,
        settings.inputFormatJsonCompactAllowVariableNumberOfColumns);
    strings = name.contains("Strings");
    first = !options.continued();
  }

  @Override
  boolean atEnd() {
    TextErrors.skipWhitespace(in);
    if (!first && (in.accept(',') || in.accept(';'))) {
      TextErrors.skipWhitespace(in);
    }
    return in.atEnd();
  }

  @Override
  void rowStart() {
    first = false;
    TextErrors.require('[', in);
    TextErrors.skipWhitespace(in);
  }

  @Override
  void fieldDelimiter() {
    TextErrors.skipWhitespace(in);
    TextErrors.require(',', in);
    TextErrors.skipWhitespace(in);
  }

  @Override
  boolean atRowEnd() {
    TextErrors.skipWhitespace(in);
    return in.peek() == ']';
  }

  @Override
  void rowEnd() {
    TextErrors.skipWhitespace(in);
    TextErrors.require(']', in);
  }

  @Override
  void value(int i, boolean last) {
    if (strings) {
      JsonEachRowInput.readFromString(this, i);
    } else {
      field(i, TextForm.JSON);
    }
  }

  @Override
  String text() {
    ByteWriter text = StringText.read(in, TextForm.JSON, settings);
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  @Override
  void skipField() {
    JsonText.skipValue(in, settings);
  }

  @Override
  boolean skipToNextRow() {
    return skipLine();
  }

  @Register(kind = InputFormatFactory.class, name = "JSONCompactEachRow", caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "JSONCompactEachRowWithNames",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "JSONCompactEachRowWithNamesAndTypes",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "JSONCompactStringsEachRow",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "JSONCompactStringsEachRowWithNames",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "JSONCompactStringsEachRowWithNamesAndTypes",
      caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new JsonCompactEachRowInput(header, settings, in, options, name);
    }

    @Override
    public ChunkSplitter splitter(FormatSettings settings) {
      return Splitters::json;
    }
  }
}
