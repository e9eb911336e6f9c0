package io.longhouse.format;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** Formats by name. */
public final class Formats {
  private Formats() {}

  /**
   * @throws LonghouseException UNKNOWN_FORMAT (73), FORMAT_IS_NOT_SUITABLE_FOR_OUTPUT (399)
   */
  public static OutputFormatFactory outputFactory(String name) {
    OutputFormatFactory factory = Registry.of(OutputFormatFactory.class).find(name);
    if (factory == null) {
      if (Registry.of(InputFormatFactory.class).entry(name) != null) {
        throw new LonghouseException(
            ErrorCode.FORMAT_IS_NOT_SUITABLE_FOR_OUTPUT,
            "Format " + name + " is not suitable for output");
      }
      throw unknown(name);
    }
    return factory;
  }

  /** A writer of the format. */
  public static OutputFormat output(
      String name, Header header, FormatSettings settings, ByteWriter out) {
    OutputFormatFactory factory = outputFactory(name);
    if (!factory.writesOnlyUtf8(settings)) {
      return factory.create(header, settings, out);
    }
    var raw = new ByteWriter(4096);
    return new ValidUtf8Output(factory.create(header, settings, raw), raw, out);
  }

  /**
   * @throws LonghouseException UNKNOWN_FORMAT (73), FORMAT_IS_NOT_SUITABLE_FOR_INPUT (184)
   */
  public static InputFormatFactory inputFactory(String name) {
    InputFormatFactory factory = Registry.of(InputFormatFactory.class).find(name);
    if (factory == null) {
      if (Registry.of(OutputFormatFactory.class).entry(name) != null) {
        throw new LonghouseException(
            ErrorCode.FORMAT_IS_NOT_SUITABLE_FOR_INPUT,
            "Format " + name + " is not suitable for input");
      }
      throw unknown(name);
    }
    return factory;
  }

  /** A reader of the format. */
  public static InputFormat input(
      String name, Header header, FormatSettings settings, ByteReader in, InputOptions options) {
    return inputFactory(name).create(header, settings, in, options);
  }

  private static LonghouseException unknown(String name) {
    return new LonghouseException(ErrorCode.UNKNOWN_FORMAT, "Unknown format " + name);
  }
}
