package io.longhouse.function.scalar.string;

import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.Utf8Sequence;
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
@Register(
    kind = FunctionFactory.class,
    name = "caseFoldUTF8",
    category = "String",
    doc = "The string with its letters folded, so that texts equal in any case become equal.")
@Register(
    kind = FunctionFactory.class,
    name = "normalizeUTF8NFKCCasefold",
    category = "String",
    doc = "Unicode normal form KC with letters folded.")
@Register(
    kind = FunctionFactory.class,
    name = "naturalSortKey",
    aliases = "NATURAL_SORT_KEY",
    category = "String",
    doc = "A key by which strings sort with the numbers in them in the order of numbers.")
final class TextRewrite implements FunctionFactory {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private static final Map<String, StringRows.Writer> WRITERS =
      Map.ofEntries(
          Map.entry("caseFoldUTF8", TextRewrite::fold),
          Map.entry("normalizeUTF8NFKCCasefold", TextRewrite::foldCompatible),
          Map.entry("naturalSortKey", TextRewrite::naturalKey),
          Map.entry("toValidUTF8", TextRewrite::valid),
          Map.entry("normalizeUTF8NFC", (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFC)),
          Map.entry("normalizeUTF8NFD", (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFD)),
          Map.entry(
              "normalizeUTF8NFKC", (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFKC)),
          Map.entry(
              "normalizeUTF8NFKD", (b, f, t, o) -> normalize(b, f, t, o, Normalizer.Form.NFKD)),
          Map.entry("removeDiacriticsUTF8", TextRewrite::withoutMarks),
          Map.entry("soundex", TextRewrite::soundex),
          Map.entry("firstLine", TextRewrite::firstLine),
          Map.entry("regexpQuoteMeta", TextRewrite::quoteMeta),
          Map.entry("basename", TextRewrite::basename));

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
      int n = Utf8Sequence.length(b, i, to);
      if (n > 0) {
        out.add(b, i, i + n);
        i += n;
        continue;
      }
      out.add(REPLACEMENT);
      while (i < to && Utf8Sequence.length(b, i, to) == 0) {
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

  private static String folded(String s) {
    var out = new StringBuilder(s.length());
    s.codePoints().forEach(c -> fold(c, out));
    return out.toString();
  }

  /** A letter that has a longer upper-case form is folded to that form's small letters. */
  private static void fold(int c, StringBuilder out) {
    String upper = Character.toString(c).toUpperCase(java.util.Locale.ROOT);
    if (upper.codePointCount(0, upper.length()) > 1) {
      upper.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
    } else {
      out.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
    }
  }

  private static void fold(byte[] b, int from, int to, StringRows.Text out) {
    String s = new String(b, from, to - from, StandardCharsets.UTF_8);
    out.add(folded(s).getBytes(StandardCharsets.UTF_8));
  }

  private static void foldCompatible(byte[] b, int from, int to, StringRows.Text out) {
    String s = new String(b, from, to - from, StandardCharsets.UTF_8);
    String form = Normalizer.normalize(s, Normalizer.Form.NFKC);
    String folded = Normalizer.normalize(folded(form), Normalizer.Form.NFKC);
    out.add(folded.getBytes(StandardCharsets.UTF_8));
  }

  /** In front of each number, zeros taken off, stands how many digits it has. */
  private static void naturalKey(byte[] b, int from, int to, StringRows.Text out) {
    for (int i = from; i < to; ) {
      if (b[i] < '0' || b[i] > '9') {
        out.add(b[i++]);
        continue;
      }
      int end = i;
      while (end < to && b[end] >= '0' && b[end] <= '9') {
        end++;
      }
      while (i + 1 < end && b[i] == '0') {
        i++;
      }
      int n = end - i;
      String size = n < 9 ? "" + (n - 1) : n < 19 ? "8" + (n - 9) : "9" + (n - 1);
      out.add(size.getBytes(StandardCharsets.US_ASCII));
      out.add(b, i, end);
      i = end;
    }
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
