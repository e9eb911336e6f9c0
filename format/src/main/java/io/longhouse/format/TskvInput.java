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

/** Reads {@code name=value} between tabs, in any order; a row may begin with {@code tskv}. */
final class TskvInput extends RowInput {
  private TskvInput(Header header, FormatSettings settings, ByteReader in, InputOptions options) {
    super(header, settings, in, options);
  }

  @Override
  boolean readRow() {
    if (in.atEnd()) {
      return false;
    }
    if (in.accept('\n')) {
      addMissing();
      return true;
    }
    while (true) {
      String name = name();
      if (in.accept('=')) {
        int i = header.indexOf(name);
        if (i < 0) {
          unknown(name);
        } else if (builders[i].size() > rows) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_DATA, "Duplicate field found while parsing TSKV format: " + name);
        } else {
          field(i, TextForm.ESCAPED);
        }
      } else if (!name.equals("tskv")) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA,
            "Found field without value while parsing TSKV format: " + name);
      }
      if (in.accept('\n') || in.atEnd()) {
        addMissing();
        return true;
      }
      if (!in.accept('\t')) {
        throw TextErrors.expected("\t", in);
      }
    }
  }

  private void unknown(String name) {
    if (!settings.inputFormatSkipUnknownFields) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Unknown field found while parsing TSKV format: " + name);
    }
    ByteWriter skipped = StringText.read(in, TextForm.ESCAPED, settings);
    skipped.reset();
  }

  private String name() {
    var text = new ByteWriter(32);
    for (int c = in.peek(); c >= 0 && c != '=' && c != '\t' && c != '\n'; c = in.peek()) {
      in.next();
      if (c == '\\') {
        int escaped = in.next();
        c =
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 'b' -> '\b';
              case 'f' -> '\f';
              case '0' -> 0;
              default -> escaped;
            };
      }
      text.writeByte(c);
    }
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  @Override
  boolean skipToNextRow() {
    return skipLine();
  }

  @Register(kind = InputFormatFactory.class, name = "TSKV", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new TskvInput(header, settings, in, options);
    }

    @Override
    public ChunkSplitter splitter(FormatSettings settings) {
      return Splitters::lines;
    }
  }
}
