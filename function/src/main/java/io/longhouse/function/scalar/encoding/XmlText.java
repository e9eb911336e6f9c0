package io.longhouse.function.scalar.encoding;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Text for and from XML, and the text of HTML. */
@Register(
    kind = FunctionFactory.class,
    name = "encodeXMLComponent",
    category = "String",
    doc = "The string with <, &, >, \" and ' as character references.")
@Register(
    kind = FunctionFactory.class,
    name = "decodeXMLComponent",
    category = "String",
    doc = "The string with XML's named and numeric character references decoded.")
@Register(
    kind = FunctionFactory.class,
    name = "extractTextFromHTML",
    category = "String",
    doc = "The text of HTML: without tags, comments, scripts and styles, white space made single.")
final class XmlText implements FunctionFactory {
  private final String name;

  XmlText(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    StringRows.Writer writer =
        switch (name) {
          case "encodeXMLComponent" -> XmlText::encode;
          case "decodeXMLComponent" -> XmlText::decode;
          default -> XmlText::htmlText;
        };
    return Resolved.of(StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, writer));
  }

  private static byte[] ascii(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  private static final byte[] LESS = ascii("&lt;");
  private static final byte[] GREATER = ascii("&gt;");
  private static final byte[] AMPERSAND = ascii("&amp;");
  private static final byte[] QUOTE = ascii("&quot;");
  private static final byte[] APOSTROPHE = ascii("&apos;");

  private static void encode(byte[] b, int from, int to, StringRows.Text out) {
    for (int i = from; i < to; i++) {
      switch (b[i]) {
        case '<' -> out.add(LESS);
        case '>' -> out.add(GREATER);
        case '&' -> out.add(AMPERSAND);
        case '"' -> out.add(QUOTE);
        case '\'' -> out.add(APOSTROPHE);
        default -> out.add(b[i]);
      }
    }
  }

  private static void decode(byte[] b, int from, int to, StringRows.Text out) {
    for (int i = from; i < to; ) {
      int end = i + 1;
      if (b[i] == '&') {
        while (end < to && b[end] != ';' && b[end] != '&') {
          end++;
        }
      }
      int c = b[i] == '&' && end < to && b[end] == ';' ? reference(b, i + 1, end) : -1;
      if (c < 0) {
        out.add(b[i++]);
      } else {
        out.addCodePoint(c);
        i = end + 1;
      }
    }
  }

  /** The character of a reference between {@code &} and {@code ;}, or -1. */
  private static int reference(byte[] b, int from, int to) {
    if (to - from > 1 && b[from] == '#') {
      return numeric(b, from + 1, to);
    }
    byte[] name = Arrays.copyOfRange(b, from - 1, to + 1);
    return Arrays.equals(name, LESS)
        ? '<'
        : Arrays.equals(name, GREATER)
            ? '>'
            : Arrays.equals(name, AMPERSAND)
                ? '&'
                : Arrays.equals(name, QUOTE) ? '"' : Arrays.equals(name, APOSTROPHE) ? '\'' : -1;
  }

  static int numeric(byte[] b, int from, int to) {
    boolean hex = b[from] == 'x' || b[from] == 'X';
    int start = hex ? from + 1 : from;
    long c = 0;
    for (int i = start; i < to; i++) {
      int d = Character.digit(b[i], hex ? 16 : 10);
      if (d < 0 || c > 0x10FFFF) {
        return -1;
      }
      c = c * (hex ? 16 : 10) + d;
    }
    return start == to || c > 0x10FFFF ? -1 : (int) c;
  }

  /**
   * Tags and runs of white space become one space between words, a CDATA section its content as it
   * stands.
   */
  private static void htmlText(byte[] b, int from, int to, StringRows.Text out) {
    boolean space = false;
    for (int i = from; i < to; ) {
      if (b[i] == '<') {
        int data = matches(b, i, to, "<![CDATA[") ? i + 9 : -1;
        int end = data < 0 ? to : find(b, data, to, "]]>");
        if (data >= 0 && end < to) {
          out.add(b, data, end);
          i = end + 3;
        } else {
          i = data >= 0 ? data : behindTag(b, i, to);
        }
        space = true;
      } else if (isSpace(b[i])) {
        space = true;
        i++;
      } else {
        if (space && out.length() > 0 && !isSpace(out.bytes()[out.start() + out.length() - 1])) {
          out.add(' ');
        }
        space = false;
        out.add(b[i++]);
      }
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= 9 && b <= 13;
  }

  /** The place behind a tag, a comment, or an element whose content is no text. */
  private static int behindTag(byte[] b, int at, int to) {
    if (matches(b, at, to, "<!--")) {
      int end = find(b, at + 4, to, "-->");
      return end < to ? end + 3 : at + 4;
    }
    for (String element : new String[] {"script", "style"}) {
      int name = at + 1 + element.length();
      if (matches(b, at, to, "<" + element) && name < to && (b[name] == '>' || isSpace(b[name]))) {
        return behindElement(b, find(b, name, to, ">") + 1, to, "</" + element);
      }
    }
    return Math.min(to, find(b, at, to, ">") + 1);
  }

  /** The place behind the closing tag; one inside a CDATA section does not count. */
  private static int behindElement(byte[] b, int from, int to, String close) {
    for (int i = from; i < to; ) {
      if (matches(b, i, to, "<![CDATA[")) {
        i = find(b, i + 9, to, "]]>") + 3;
      } else if (matches(b, i, to, close)) {
        i += close.length();
        while (i < to && isSpace(b[i])) {
          i++;
        }
        if (i < to && b[i] == '>') {
          return i + 1;
        }
      } else {
        i++;
      }
    }
    return to;
  }

  private static boolean matches(byte[] b, int at, int to, String what) {
    if (at + what.length() > to) {
      return false;
    }
    for (int k = 0; k < what.length(); k++) {
      if (b[at + k] != what.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  private static int find(byte[] b, int from, int to, String what) {
    int i = from;
    while (i < to && !matches(b, i, to, what)) {
      i++;
    }
    return i;
  }
}
