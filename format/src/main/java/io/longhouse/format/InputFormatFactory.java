package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import org.jspecify.annotations.Nullable;

/** Makes readers of a format; registered under the format's name. */
public interface InputFormatFactory {
  InputFormat create(Header header, FormatSettings settings, ByteReader in, InputOptions options);

  /**
   * How input is cut between rows so that several readers can work on it, or null where it cannot
   * be cut. A reader of any piece but the first must be made with {@link InputOptions#piece}.
   */
  default @Nullable ChunkSplitter splitter(FormatSettings settings) {
    return null;
  }
}
