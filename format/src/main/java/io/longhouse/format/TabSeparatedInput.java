package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;

/** Reads fields between tabs, rows between line feeds. */
final class TabSeparatedInput extends TabularInput {
  private final boolean raw;
  private final boolean crlf;
  private final byte[] nullText;

  /** Over the bytes of one field, in the Raw formats. */
  private final ByteReader fieldBytes = new ByteReader(new byte[0]);

  private TabSeparatedInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(
        header,
        settings,
        in,
        options,
        name,
        settings.inputFormatTsvDetectHeader,
        settings.inputFormatTsvAllowVariableNumberOfColumns);
    raw = name.contains("Raw");
    crlf = settings.inputFormatTsvCrlfEndOfLine;
    nullText = ByteText.encode(settings.formatTsvNullRepresentation);
  }

  @Override
  void skipPrefix() {
    // A byte order mark is not data.
    if (in.peek() == 0xEF && in.peek(1) == 0xBB && in.peek(2) == 0xBF) {
      in.position(in.position() + 3);
    }
    for (long i = 0; i < settings.inputFormatTsvSkipFirstLines && !in.atEnd(); i++) {
      skipLine();
    }
  }

  @Override
  boolean atEnd() {
    if (settings.inputFormatTsvSkipTrailingEmptyLines && in.peek() == '\n') {
      in.mark();
      while (in.accept('\n')) {
        // Only line feeds that nothing follows are skipped.
      }
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
    if (!in.accept('\t')) {
      throw TextErrors.expected("\t", in);
    }
  }

  @Override
  boolean atRowEnd() {
    int c = in.peek();
    return c < 0 || c == '\n' || c == '\r' && crlf;
  }

  @Override
  void rowEnd() {
    if (in.accept('\n') || in.atEnd()) {
      return;
    }
    if (in.peek() == '\r') {
      if (!crlf) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "\nYou have carriage return (\\r, 0x0D, ASCII 13) at end of first row.\nEnable setting"
                + " 'input_format_tsv_crlf_end_of_line' if rows end with it");
      }
      in.next();
      if (in.accept('\n') || in.atEnd()) {
        return;
      }
    }
    throw TextErrors.expected("\n", in);
  }

  @Override
  void value(int i, boolean last) {
    if (settings.inputFormatTsvEmptyAsDefault && (in.peek() == '\t' || atRowEnd())) {
      addDefault(i);
    } else if (raw) {
      rawValue(i, last);
    } else {
      field(i, TextForm.ESCAPED);
    }
  }

  private void rawValue(int i, boolean last) {
    int length = fieldLength();
    fieldBytes.reset(in.buffer(), in.position(), length);
    if (isNullText(in.buffer(), in.position(), length)) {
      addNull(i);
    } else {
      if (types[i] instanceof NullableType n && builders[i] instanceof NullableColumn.Builder b) {
        n.nested().readText(fieldBytes, TextForm.RAW, settings, b.values());
        b.addedValue();
      } else {
        types[i].readText(fieldBytes, TextForm.RAW, settings, builders[i]);
      }
      if (!fieldBytes.atEnd()) {
        throw TextErrors.expected(last ? "\n" : "\t", fieldBytes);
      }
    }
    in.position(in.position() + length);
  }

  private boolean isNullText(byte[] b, int from, int length) {
    return length == nullText.length && Arrays.equals(b, from, from + length, nullText, 0, length);
  }

  private void addNull(int i) {
    if (types[i] instanceof NullableType) {
      builders[i].appendDefault(1);
    } else {
      addDefault(i);
    }
  }

  /** Bytes up to the next tab or line feed, all of them in the buffer. */
  private int fieldLength() {
    int n = 0;
    while (true) {
      byte[] b = in.buffer();
      int from = in.position();
      int limit = in.limit();
      while (from + n < limit && b[from + n] != '\t' && b[from + n] != '\n') {
        n++;
      }
      if (from + n < limit || !in.refill()) {
        return n;
      }
    }
  }

  @Override
  String text() {
    if (raw) {
      int length = fieldLength();
      String text = ByteText.decode(in.buffer(), in.position(), length);
      in.position(in.position() + length);
      return text;
    }
    ByteWriter text = StringText.read(in, TextForm.ESCAPED, settings);
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  @Override
  boolean skipToNextRow() {
    return skipLine();
  }

  @Register(
      kind = InputFormatFactory.class,
      name = "TabSeparated",
      aliases = "TSV",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "TabSeparatedWithNames",
      aliases = "TSVWithNames",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "TabSeparatedWithNamesAndTypes",
      aliases = "TSVWithNamesAndTypes",
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "TabSeparatedRaw",
      aliases = {"TSVRaw", "Raw"},
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "TabSeparatedRawWithNames",
      aliases = {"TSVRawWithNames", "RawWithNames"},
      caseInsensitive = true)
  @Register(
      kind = InputFormatFactory.class,
      name = "TabSeparatedRawWithNamesAndTypes",
      aliases = {"TSVRawWithNamesAndTypes", "RawWithNamesAndTypes"},
      caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new TabSeparatedInput(header, settings, in, options, name);
    }

    @Override
    public ChunkSplitter splitter(FormatSettings settings) {
      return Splitters::lines;
    }
  }
}
