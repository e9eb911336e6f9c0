package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Reads comma-separated values; blanks around fields without quotes do not count. */
final class CsvInput extends TabularInput {
  private final int delimiter;
  private final boolean trim;

  private CsvInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(
        header,
        settings,
        in,
        options,
        name,
        settings.inputFormatCsvDetectHeader,
        settings.inputFormatCsvAllowVariableNumberOfColumns);
    delimiter = settings.formatCsvDelimiter;
    trim = settings.inputFormatCsvTrimWhitespaces;
  }

  @Override
  void skipPrefix() {
    if (in.peek() == 0xEF && in.peek(1) == 0xBB && in.peek(2) == 0xBF) {
      in.position(in.position() + 3);
    }
    for (long i = 0; i < settings.inputFormatCsvSkipFirstLines && !in.atEnd(); i++) {
      skipLine();
    }
  }

  private void skipBlanks() {
    if (!trim) {
      return;
    }
    for (int c = in.peek(); c == ' ' || c == '\t' && delimiter != '\t'; c = in.peek()) {
      if (c == delimiter) {
        return;
      }
      in.position(in.position() + 1);
    }
  }

  @Override
  boolean atEnd() {
    if (settings.inputFormatCsvSkipTrailingEmptyLines && (in.peek() == '\n' || in.peek() == '\r')) {
      in.mark();
      TextErrors.skipWhitespace(in);
      boolean end = in.atEnd();
      if (!end) {
        in.rewind();
      }
      in.unmark();
      return end;
    }
    return in.atEnd();
  }

  @Override
  void rowStart() {}

  @Override
  void fieldDelimiter() {
    skipBlanks();
    if (!in.accept(delimiter)) {
      throw TextErrors.expected(String.valueOf((char) delimiter), in);
    }
  }

  @Override
  boolean atRowEnd() {
    skipBlanks();
    int c = in.peek();
    return c < 0 || c == '\n' || c == '\r';
  }

  @Override
  void rowEnd() {
    skipBlanks();
    // One delimiter more than there are columns is tolerated.
    if (in.accept(delimiter)) {
      skipBlanks();
    }
    if (in.accept('\n') || in.atEnd()) {
      return;
    }
    if (in.accept('\r')) {
      if (in.accept('\n') || settings.inputFormatCsvAllowCrEndOfLine) {
        return;
      }
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Cannot parse CSV format: found \\r (CR) not followed by \\n (LF). Line must end by \\n"
              + " (LF) or \\r\\n (CR LF) or \\n\\r.");
    }
    throw new LonghouseException(ErrorCode.INCORRECT_DATA, "Expected end of line");
  }

  @Override
  void value(int i, boolean last) {
    skipBlanks();
    if (settings.inputFormatCsvEmptyAsDefault) {
      int c = in.peek();
      if (c == delimiter || last && (c < 0 || c == '\n' || c == '\r')) {
        addDefault(i);
        return;
      }
    }
    field(i, TextForm.CSV);
  }

  @Override
  String text() {
    skipBlanks();
    ByteWriter text = StringText.read(in, TextForm.CSV, settings);
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  @Override
  boolean skipToNextRow() {
    return skipLine();
  }

  @Register(kind = InputFormatFactory.class, name = "CSV", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "CSVWithNames", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "CSVWithNamesAndTypes", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new CsvInput(header, settings, in, options, name);
    }

    @Override
    public ChunkSplitter splitter(FormatSettings settings) {
      return Splitters.csv(settings);
    }
  }
}
