package io.longhouse.function.scalar.string;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/** Rewritings of one string. */
@Register(
    kind = FunctionFactory.class,
    name = "toValidUTF8",
    category = "String",
    doc = "The string with each run of bytes that is not UTF-8 replaced by U+FFFD.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizeUTF8NFC",
    category = "String",
    doc = "Unicode normal form C.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizeUTF8NFD",
    category = "String",
    doc = "Unicode normal form D.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizeUTF8NFKC",
    category = "String",
    doc = "Unicode normal form KC.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizeUTF8NFKD",
    category = "String",
    doc = "Unicode normal form KD.")
@Register(
    kind = FunctionFactory.class,
    name = "removeDiacriticsUTF8",
    aliases = "removeAccentsUTF8",
    category = "String",
    doc = "The string with accents taken off its letters.")
@Register(
    kind = FunctionFactory.class,
    name = "soundex",
    caseInsensitive = true,
    category = "String",
    doc = "The Soundex code of a string.")
@Register(
    kind = FunctionFactory.class,
    name = "firstLine",
    category = "String",
    doc = "What stands in front of the first line break.")
@Register(
    kind = FunctionFactory.class,
    name = "regexpQuoteMeta",
    category = "Replace",
    doc = "The string with a backslash in front of what regular expressions give a meaning to.")
@Register(
    kind = FunctionFactory.class,
    name = "basename",
    category = "String",
    doc = "What stands behind the last slash or backslash.")
final class TextRewrite implements FunctionFactory {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private static final Map<String, StringRows.Writer> WRITERS =
      Map.of(
          "toValidUTF8",
          TextRewrite::valid,
          "normalizeUTF8NFC",
          (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFC),
          "normalizeUTF8NFD",
          (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFD),
          "normalizeUTF8NFKC",
          (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFKC),
          "normalizeUTF8NFKD",
          (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFKD),
          "removeDiacriticsUTF8",
          TextRewrite::withoutMarks,
          "soundex",
          TextRewrite::soundex,
          "firstLine",
          TextRewrite::firstLine,
          "regexpQuoteMeta",
          TextRewrite::quoteMeta,
          "basename",
          TextRewrite::basename);

  private final String name;

  TextRewrite(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    StringRows.Writer writer = WRITERS.get(name);
    if (writer == null) {
      throw new IllegalStateException(name);
    }
    return Resolved.throwing(StringType.TYPE, (c, rows) -> StringRows.map(c[0], rows, writer));
  }

  private static void valid(byte[] b, int from, int to, StringRows.Text out) {
    for (int i = from; i < to; ) {
      int n = Utf8.validLength(b, i, to);
      if (n > 0) {
        out.add(b, i, i + n);
        i += n;
        continue;
      }
      out.add(REPLACEMENT);
      while (i < to && Utf8.validLength(b, i, to) == 0) {
        i++;
      }
    }
  }

  private static void normalize(
      byte[] b, int from, int to, StringRows.Text out, Normalizer.Form form) {
    if (Utf8.isAscii(b, from, to)) {
      out.add(b, from, to);
      return;
    }
    String s = new String(b, from, to - from, StandardCharsets.UTF_8);
    out.add(Normalizer.normalize(s, form).getBytes(StandardCharsets.UTF_8));
  }

  private static void withoutMarks(byte[] b, int from, int to, StringRows.Text out) {
    if (Utf8.isAscii(b, from, to)) {
      out.add(b, from, to);
      return;
    }
    String s = new String(b, from, to - from, StandardCharsets.UTF_8);
    var kept = new StringBuilder(s.length());
    Normalizer.normalize(s, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(kept::appendCodePoint);
    out.add(Normalizer.normalize(kept, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8));
  }

  private static final String SOUNDEX = "01230120022455012623010202";

  private static void soundex(byte[] b, int from, int to, StringRows.Text out) {
    int at = from;
    while (at < to && !isLetter(b[at])) {
      at++;
    }
    if (at == to) {
      out.add("0000".getBytes(StandardCharsets.US_ASCII));
      return;
    }
    int first = b[at] & ~0x20;
    out.add(first);
    char last = SOUNDEX.charAt(first - 'A');
    int written = 1;
    for (int i = at + 1; i < to && written < 4; i++) {
      if (!isLetter(b[i])) {
        continue;
      }
      int letter = b[i] & ~0x20;
      char code = SOUNDEX.charAt(letter - 'A');
      if (code != '0' && code != last) {
        out.add(code);
        written++;
      }
      last = code;
    }
    for (; written < 4; written++) {
      out.add('0');
    }
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  private static void firstLine(byte[] b, int from, int to, StringRows.Text out) {
    int end = from;
    while (end < to && b[end] != '\n' && b[end] != '\r') {
      end++;
    }
    out.add(b, from, end);
  }

  private static void quoteMeta(byte[] b, int from, int to, StringRows.Text out) {
    for (int i = from; i < to; i++) {
      if (b[i] == 0) {
        out.add('\\');
        out.add('0');
        continue;
      }
      if ("\\|()^$.[]?*+{:-".indexOf(b[i]) >= 0) {
        out.add('\\');
      }
      out.add(b[i]);
    }
  }

  private static void basename(byte[] b, int from, int to, StringRows.Text out) {
    int start = to;
    while (start > from && b[start - 1] != '/' && b[start - 1] != '\\') {
      start--;
    }
    out.add(b, start, to);
  }
}
