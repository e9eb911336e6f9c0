package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.JsonText;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Formats whose rows are one string each: lines, the whole input, or JSON values as they stand. */
final class StringInput extends RowInput {
  private final String name;
  private final ByteWriter value = new ByteWriter(256);
  private final ByteReader reader = new ByteReader(new byte[0]);
  private boolean blobRead;
  private boolean first;

  private StringInput(
      Header header, FormatSettings settings, ByteReader in, InputOptions options, String name) {
    super(header, settings, in, options);
    this.name = name;
    first = !options.continued();
    boolean fits =
        types.length == 1
            && NullableType.strip(LowCardinalityType.strip(types[0])) instanceof StringType;
    if (!fits) {
      throw new LonghouseException(
          types.length == 1 ? ErrorCode.ILLEGAL_COLUMN : ErrorCode.BAD_ARGUMENTS,
          "This input format is only suitable for tables with a single column of type String");
    }
  }

  @Override
  boolean readRow() {
    value.reset();
    boolean found =
        switch (name) {
          case "LineAsString" -> line();
          case "RawBLOB" -> blob();
          default -> json();
        };
    if (!found) {
      return false;
    }
    if (builders[0] instanceof StringColumn.Builder b) {
      b.add(value.buffer(), 0, value.position());
    } else {
      reader.reset(value.buffer(), 0, value.position());
      NullableType.strip(types[0]).readText(reader, TextForm.RAW, settings, builders[0]);
    }
    return true;
  }

  private boolean line() {
    if (in.atEnd()) {
      return false;
    }
    while (true) {
      byte[] b = in.buffer();
      int from = in.position();
      int to = from;
      while (to < in.limit() && b[to] != '\n') {
        to++;
      }
      value.writeBytes(b, from, to - from);
      in.position(to);
      if (in.accept('\n') || in.atEnd()) {
        return true;
      }
    }
  }

  private boolean blob() {
    if (blobRead) {
      return false;
    }
    blobRead = true;
    while (!in.atEnd()) {
      value.writeBytes(in.buffer(), in.position(), in.limit() - in.position());
      in.position(in.limit());
    }
    return true;
  }

  private boolean json() {
    TextErrors.skipWhitespace(in);
    if (first) {
      in.accept('[');
    }
    first = false;
    while (in.accept(',') || in.accept(';')) {
      TextErrors.skipWhitespace(in);
    }
    TextErrors.skipWhitespace(in);
    in.accept(']');
    TextErrors.skipWhitespace(in);
    if (in.atEnd()) {
      return false;
    }
    JsonText.copyValue(in, settings, value);
    return true;
  }

  @Register(kind = InputFormatFactory.class, name = "LineAsString", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "RawBLOB", caseInsensitive = true)
  @Register(kind = InputFormatFactory.class, name = "JSONAsString", caseInsensitive = true)
  static final class Factory implements InputFormatFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public InputFormat create(
        Header header, FormatSettings settings, ByteReader in, InputOptions options) {
      return new StringInput(header, settings, in, options, name);
    }

    @Override
    public @Nullable ChunkSplitter splitter(FormatSettings settings) {
      return switch (name) {
        case "LineAsString" ->
            (b, from, to) -> {
              int i = to;
              while (i > from && b[i - 1] != '\n') {
                i--;
              }
              return i;
            };
        case "JSONAsString" -> Splitters::json;
        default -> null;
      };
    }
  }
}
