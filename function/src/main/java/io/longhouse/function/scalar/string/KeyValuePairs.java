package io.longhouse.function.scalar.string;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Maps out of texts such as {@code a:1, b:"x y"}. */
@Register(
    kind = FunctionFactory.class,
    name = "extractKeyValuePairs",
    aliases = {"str_to_map", "mapFromString"},
    category = "Map",
    doc =
        "The pairs of keys and values in a text: (text[, key delimiter[, pair delimiters[, quote[,"
            + " what an unexpected quote does: invalid, accept or promote]]]]).")
final class KeyValuePairs implements FunctionFactory {
  private static final String NAME = "extractKeyValuePairs";

  private enum Unexpected {
    INVALID,
    ACCEPT,
    PROMOTE
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(NAME, arguments).between(1, 5);
    for (int i = 0; i < s.size(); i++) {
      s.string(i);
    }
    byte[] delimiter = control(s, 1, ":");
    byte[] pairs =
        s.size() > 2 && s.constantBytes(2).length > 0 ? s.constantBytes(2) : bytes(" ,;");
    byte[] quotes = control(s, 3, "\"");
    if (delimiter[0] == quotes[0]) {
      throw bad("key_value_delimiter and quoting_character can not be the same");
    }
    boolean[] ends = new boolean[256];
    for (byte b : pairs) {
      if (b == delimiter[0] || b == quotes[0]) {
        throw bad(
            (b == delimiter[0] ? "key_value_delimiter" : "quoting_character")
                + " conflicts with pair delimiters");
      }
      ends[b & 0xFF] = true;
    }
    Unexpected unexpected = unexpected(s);
    return Resolved.throwing(
        new MapType(StringType.TYPE, StringType.TYPE),
        (c, rows) -> new Parser(delimiter[0], quotes[0], ends, unexpected, rows).run(c[0], rows));
  }

  private static byte[] bytes(String s) {
    return s.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static byte[] control(Signature s, int i, String otherwise) {
    byte[] given = s.size() > i ? s.constantBytes(i) : new byte[0];
    if (given.length > 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Control character argument must either be empty or contain exactly 1 character");
    }
    return given.length == 0 ? bytes(otherwise) : given;
  }

  private static Unexpected unexpected(Signature s) {
    String text = s.size() > 4 ? s.constantText(4) : "";
    return switch (text) {
      case "invalid" -> Unexpected.INVALID;
      case "accept" -> Unexpected.ACCEPT;
      case "", "promote" -> Unexpected.PROMOTE;
      default -> throw bad("unknown unexpected_quoting_character_strategy " + text);
    };
  }

  private static LonghouseException bad(String what) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Invalid arguments, " + what);
  }

  /** Reads one text after the other. */
  private static final class Parser {
    private final byte delimiter;
    private final byte quote;
    private final boolean[] ends;
    private final Unexpected unexpected;
    private final StringColumn.Builder keys;
    private final StringColumn.Builder values;
    private byte[] b = new byte[0];
    private int at;
    private int to;
    private int start;
    private int length;

    Parser(byte delimiter, byte quote, boolean[] ends, Unexpected unexpected, int rows) {
      this.delimiter = delimiter;
      this.quote = quote;
      this.ends = ends;
      this.unexpected = unexpected;
      this.keys = new StringColumn.Builder(rows);
      this.values = new StringColumn.Builder(rows);
    }

    Column run(Column c, int rows) {
      Rows.Bytes text = Rows.bytes(c);
      b = text.bytes();
      int[] offsets = new int[rows + 1];
      for (int r = 0; r < rows; r++) {
        at = text.from(r);
        to = text.to(r);
        while (at < to) {
          pair();
        }
        offsets[r + 1] = keys.size();
      }
      return new ArrayColumn(offsets, pairs(), rows);
    }

    private Column pairs() {
      StringColumn k = keys.build();
      return new TupleColumn(List.of(k, values.build()), k.size());
    }

    /** Reads the next key and, if it is one, its value. */
    private void pair() {
      while (at < to && (ends[b[at] & 0xFF] || b[at] == delimiter)) {
        at++;
      }
      if (at == to || !key()) {
        return;
      }
      int keyStart = start;
      int keyLength = length;
      if (value()) {
        keys.add(b, keyStart, keyLength);
        values.add(b, start, length);
      }
    }

    /** Whether a key and its delimiter were read. */
    private boolean key() {
      if (b[at] != quote) {
        start = at;
        while (at < to && b[at] != delimiter && !ends[b[at] & 0xFF]) {
          if (b[at] == quote && unexpected != Unexpected.ACCEPT) {
            if (unexpected == Unexpected.INVALID) {
              at++;
              return false;
            }
            return quotedKey();
          }
          at++;
        }
        length = at - start;
        boolean found = at < to && b[at] == delimiter;
        at = Math.min(to, at + 1);
        return found && length > 0;
      }
      return quotedKey();
    }

    private boolean quotedKey() {
      if (!quoted() || length == 0 || at == to || b[at] != delimiter) {
        return false;
      }
      at++;
      return true;
    }

    private boolean value() {
      if (at < to && b[at] == quote) {
        return quotedValue();
      }
      start = at;
      while (at < to && !ends[b[at] & 0xFF]) {
        if (b[at] == quote && unexpected != Unexpected.ACCEPT) {
          if (unexpected == Unexpected.INVALID) {
            at++;
            return false;
          }
          return quotedValue();
        }
        at++;
      }
      length = at - start;
      return true;
    }

    /** A quoted value; what stands between its quote and the next pair is passed over. */
    private boolean quotedValue() {
      boolean ended = quoted();
      while (at < to && !ends[b[at] & 0xFF]) {
        at++;
      }
      return ended;
    }

    /** What stands between the quote at hand and the next one. */
    private boolean quoted() {
      start = at + 1;
      int end = start;
      while (end < to && b[end] != quote) {
        end++;
      }
      length = end - start;
      at = Math.min(to, end + 1);
      return end < to;
    }
  }
}
