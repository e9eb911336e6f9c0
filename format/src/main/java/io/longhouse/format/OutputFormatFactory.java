package io.longhouse.format;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;

/** Makes writers of a format; registered under the format's name. */
public interface OutputFormatFactory {
  OutputFormat create(Header header, FormatSettings settings, ByteWriter out);

  /** Whether one output behind another reads as one, so that a file can be appended to. */
  default boolean canAppend() {
    return true;
  }

  /** Whether what is not UTF-8 in values is replaced. */
  default boolean writesOnlyUtf8(FormatSettings settings) {
    return false;
  }

  /** The media type for HTTP. */
  default String contentType(FormatSettings settings) {
    return "text/plain; charset=UTF-8";
  }
}
