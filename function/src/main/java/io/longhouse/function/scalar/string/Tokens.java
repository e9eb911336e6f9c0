package io.longhouse.function.scalar.string;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
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

/** Words of ASCII letters, digits and all bytes above 127, as text indexes see them; n-grams. */
@Register(
    kind = FunctionFactory.class,
    name = "tokens",
    category = "String Splitting",
    doc = "The words of a string: runs of letters, digits and non-ASCII bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "ngrams",
    category = "String Splitting",
    doc = "All substrings of n characters.")
@Register(
    kind = FunctionFactory.class,
    name = "hasToken",
    category = "Search",
    doc = "Whether a word is among the words of a string.")
@Register(
    kind = FunctionFactory.class,
    name = "hasTokenOrNull",
    category = "Search",
    doc = "As hasToken; NULL when what is looked for is not one word.")
@Register(
    kind = FunctionFactory.class,
    name = "hasTokenCaseInsensitive",
    caseInsensitive = true,
    category = "Search",
    doc = "As hasToken without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "hasTokenCaseInsensitiveOrNull",
    caseInsensitive = true,
    category = "Search",
    doc = "As hasTokenOrNull without regard to the case of ASCII letters.")
final class Tokens implements FunctionFactory {
  private final String name;

  Tokens(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    DataType strings = new ArrayType(StringType.TYPE);
    if (name.equals("tokens")) {
      if (s.size() > 1) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "tokens with a tokenizer other than the default");
      }
      s.count(1).string(0);
      return Resolved.of(strings, (c, rows) -> tokens(Rows.bytes(c[0]), rows));
    }
    s.count(2).string(0);
    if (name.equals("ngrams")) {
      long n = s.constantInteger(1);
      if (n <= 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Ngrams argument should be greater than zero, found " + n);
      }
      return Resolved.of(strings, (c, rows) -> ngrams(Rows.bytes(c[0]), n, rows));
    }
    return hasToken(s.string(1));
  }

  private static boolean inside(byte b) {
    return b < 0 || b >= '0' && b <= '9' || (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  private static Column tokens(Rows.Bytes text, int rows) {
    byte[] b = text.bytes();
    var out = new StringColumn.Builder(rows * 4);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int to = text.to(r);
      for (int i = text.from(r); i < to; ) {
        int start = i;
        while (i < to && inside(b[i])) {
          i++;
        }
        if (i > start) {
          out.add(b, start, i - start);
        }
        while (i < to && !inside(b[i])) {
          i++;
        }
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private static Column ngrams(Rows.Bytes text, long n, int rows) {
    byte[] b = text.bytes();
    var out = new StringColumn.Builder(rows * 4);
    int[] offsets = new int[rows + 1];
    for (int r = 0; r < rows; r++) {
      int to = text.to(r);
      int from = text.from(r);
      if (Utf8.count(b, from, to) >= n) {
        int end = Utf8.skip(b, from, to, n);
        for (int i = from; ; ) {
          out.add(b, i, end - i);
          if (end == to) {
            break;
          }
          i = Utf8.skip(b, i, to, 1);
          end = Utf8.skip(b, end, to, 1);
        }
      }
      offsets[r + 1] = out.size();
    }
    return new ArrayColumn(offsets, out.build(), rows);
  }

  private ScalarFunction hasToken(Signature s) {
    byte[] token = s.constantBytes(1);
    boolean fold = name.contains("CaseInsensitive");
    boolean orNull = name.endsWith("OrNull");
    boolean valid = token.length > 0;
    for (byte b : token) {
      valid &= inside(b);
    }
    if (!valid && !orNull) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Needle must not contain whitespace or separator characters and must not be empty");
    }
    boolean known = valid;
    Resolved.Kernel kernel =
        (c, rows) -> {
          byte[] hits = new byte[rows];
          Rows.Bytes text = Rows.bytes(c[0]);
          for (int r = 0; known && r < rows; r++) {
            hits[r] = (byte) (has(text.bytes(), text.from(r), text.to(r), token, fold) ? 1 : 0);
          }
          Column flags = new Int8Column(hits, rows);
          if (!orNull) {
            return flags;
          }
          byte[] nulls = new byte[rows];
          if (!known) {
            java.util.Arrays.fill(nulls, (byte) 1);
          }
          return new NullableColumn(flags, nulls);
        };
    return Resolved.of(orNull ? NullableType.orSame(IntegerType.UINT8) : IntegerType.UINT8, kernel);
  }

  private static boolean has(byte[] b, int from, int to, byte[] token, boolean fold) {
    for (int i = from; i < to; ) {
      int start = i;
      while (i < to && inside(b[i])) {
        i++;
      }
      if (i - start == token.length && same(b, start, token, fold)) {
        return true;
      }
      i++;
    }
    return false;
  }

  private static boolean same(byte[] b, int at, byte[] token, boolean fold) {
    for (int k = 0; k < token.length; k++) {
      int x = b[at + k];
      int y = token[k];
      if (x != y && !(fold && (x | 0x20) == (y | 0x20) && (x | 0x20) >= 'a' && (x | 0x20) <= 'z')) {
        return false;
      }
    }
    return true;
  }
}
