package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;

/** The quotes around dates, addresses and other values whose text never needs an escape. */
final class Quotes {
  private Quotes() {}

  /** Writes the quote that stands before and after a value in the form, if there is one. */
  static void write(TextForm form, ByteWriter out) {
    switch (form) {
      case QUOTED -> out.writeByte('\'');
      case CSV, JSON -> out.writeByte('"');
      case RAW, ESCAPED, XML -> {}
    }
  }

  /** Consumes the opening quote; answers it, or 0 where the form has none. */
  static int open(TextForm form, ByteReader in) {
    switch (form) {
      case QUOTED -> {
        TextErrors.require('\'', in);
        return '\'';
      }
      case JSON -> {
        TextErrors.require('"', in);
        return '"';
      }
      case CSV -> {
        int c = in.peek();
        if (c < 0) {
          throw TextErrors.endOfData();
        }
        if (c == '"' || c == '\'') {
          in.next();
          return c;
        }
        return 0;
      }
      default -> {
        return 0;
      }
    }
  }

  /** As {@link #open}, but the quotes may be missing: a number may stand there instead. */
  static int openOptional(TextForm form, ByteReader in) {
    int c = in.peek();
    boolean quoted = form == TextForm.QUOTED && c == '\'' || form == TextForm.JSON && c == '"';
    return quoted || form == TextForm.CSV ? open(form, in) : 0;
  }

  static void close(int quote, ByteReader in) {
    if (quote != 0) {
      TextErrors.require((char) quote, in);
    }
  }
}
