package io.longhouse.function.scalar.json;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.FloatText;
import io.longhouse.column.type.Utf8;
import java.nio.charset.StandardCharsets;

/** Values of a document as text. */
final class JsonText {
  private JsonText() {}

  /** The number of four hexadecimal digits, or -1. */
  static int hex4(byte[] b, int at) {
    int v = 0;
    for (int i = 0; i < 4; i++) {
      int d = Character.digit(b[at + i], 16);
      if (d < 0) {
        return -1;
      }
      v = v << 4 | d;
    }
    return v;
  }

  /** The bytes of a string with its escapes decoded. */
  static void string(byte[] b, int from, int to, ByteWriter out) {
    for (int i = from; i < to; i++) {
      if (b[i] != '\\') {
        out.writeByte(b[i]);
        continue;
      }
      i++;
      switch (b[i]) {
        case 'b' -> out.writeByte('\b');
        case 'f' -> out.writeByte('\f');
        case 'n' -> out.writeByte('\n');
        case 'r' -> out.writeByte('\r');
        case 't' -> out.writeByte('\t');
        case 'u' -> {
          int c = hex4(b, i + 1);
          i += 4;
          boolean pair =
              Character.isHighSurrogate((char) c)
                  && i + 6 < to
                  && b[i + 1] == '\\'
                  && b[i + 2] == 'u';
          int low = pair ? hex4(b, i + 3) : -1;
          if (low >= 0 && Character.isLowSurrogate((char) low)) {
            c = Character.toCodePoint((char) c, (char) low);
            i += 6;
          }
          Utf8.write(c, out);
        }
        default -> out.writeByte(b[i]);
      }
    }
  }

  /** A value as JSON without white space. */
  static void raw(JsonTape tape, int node, ByteWriter out) {
    switch (tape.kind(node)) {
      case NULL -> ascii("null", out);
      case TRUE -> ascii("true", out);
      case FALSE -> ascii("false", out);
      case INTEGER -> ascii(Long.toString(tape.number(node)), out);
      case UNSIGNED -> ascii(Long.toUnsignedString(tape.number(node)), out);
      case DOUBLE -> FloatText.write(tape.asDouble(node), out);
      case STRING -> quoted(tape.text(), tape.start(node), tape.end(node), out);
      case ARRAY -> {
        out.writeByte('[');
        for (int i = node + 1; i < tape.next(node); i = tape.next(i)) {
          if (i > node + 1) {
            out.writeByte(',');
          }
          raw(tape, i, out);
        }
        out.writeByte(']');
      }
      case OBJECT -> {
        out.writeByte('{');
        for (int i = node + 1; i < tape.next(node); i = tape.next(i + 1)) {
          if (i > node + 1) {
            out.writeByte(',');
          }
          raw(tape, i, out);
          out.writeByte(':');
          raw(tape, i + 1, out);
        }
        out.writeByte('}');
      }
    }
  }

  static void ascii(String s, ByteWriter out) {
    out.writeBytes(s.getBytes(StandardCharsets.US_ASCII), 0, s.length());
  }

  private static void quoted(byte[] b, int from, int to, ByteWriter out) {
    var text = new ByteWriter(to - from);
    string(b, from, to, text);
    byte[] t = text.buffer();
    out.writeByte('"');
    for (int i = 0; i < text.position(); i++) {
      switch (t[i]) {
        case '"' -> ascii("\\\"", out);
        case '\\' -> ascii("\\\\", out);
        case '\b' -> ascii("\\b", out);
        case '\f' -> ascii("\\f", out);
        case '\n' -> ascii("\\n", out);
        case '\r' -> ascii("\\r", out);
        case '\t' -> ascii("\\t", out);
        default -> {
          if (t[i] >= 0 && t[i] < 0x20) {
            ascii(String.format("\\u%04x", t[i]), out);
          } else {
            out.writeByte(t[i]);
          }
        }
      }
    }
    out.writeByte('"');
  }
}
