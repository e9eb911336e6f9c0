package io.longhouse.function.scalar.json;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.search.ByteSearch;
import io.longhouse.registry.Register;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Parameters of flat JSON found by searching for {@code "name":}; white space is not expected. */
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONHas",
    aliases = "visitParamHas",
    category = "JSON",
    doc = "Whether JSON text has a member of a name.")
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONExtractUInt",
    aliases = "visitParamExtractUInt",
    category = "JSON",
    doc = "The unsigned number behind a name in JSON text.")
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONExtractInt",
    aliases = "visitParamExtractInt",
    category = "JSON",
    doc = "The number behind a name in JSON text.")
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONExtractFloat",
    aliases = "visitParamExtractFloat",
    category = "JSON",
    doc = "The fraction behind a name in JSON text.")
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONExtractBool",
    aliases = "visitParamExtractBool",
    category = "JSON",
    doc = "Whether true stands behind a name in JSON text.")
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONExtractRaw",
    aliases = "visitParamExtractRaw",
    category = "JSON",
    doc = "The text of the value behind a name in JSON text.")
@Register(
    kind = FunctionFactory.class,
    name = "simpleJSONExtractString",
    aliases = "visitParamExtractString",
    category = "JSON",
    doc = "The string behind a name in JSON text.")
final class SimpleJson implements FunctionFactory {
  private final String name;

  SimpleJson(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2).string(0).string(1);
    var needle = new ByteWriter(32);
    needle.writeByte('"');
    byte[] member = s.constantBytes(1);
    needle.writeBytes(member, 0, member.length);
    needle.writeByte('"');
    needle.writeByte(':');
    ByteSearch search = ByteSearch.exact(needle.toByteArray());
    return switch (name.substring("simpleJSON".length())) {
      case "Has" ->
          Resolved.of(
              IntegerType.UINT8,
              (c, rows) -> {
                int[] at = places(c[0], search, rows);
                byte[] out = new byte[rows];
                for (int r = 0; r < rows; r++) {
                  out[r] = (byte) (at[r] >= 0 ? 1 : 0);
                }
                return new Int8Column(out, rows);
              });
      case "ExtractBool" -> Resolved.of(IntegerType.UINT8, (c, rows) -> bools(c[0], search, rows));
      case "ExtractUInt" ->
          Resolved.of(IntegerType.UINT64, (c, rows) -> integers(c[0], search, false, rows));
      case "ExtractInt" ->
          Resolved.of(IntegerType.INT64, (c, rows) -> integers(c[0], search, true, rows));
      case "ExtractFloat" ->
          Resolved.of(FloatType.FLOAT64, (c, rows) -> doubles(c[0], search, rows));
      case "ExtractRaw" -> Resolved.of(StringType.TYPE, (c, rows) -> raws(c[0], search, rows));
      default -> Resolved.of(StringType.TYPE, (c, rows) -> strings(c[0], search, rows));
    };
  }

  /** For each row where the value begins in the arena, or -1. */
  private static int[] places(Column c, ByteSearch search, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    int[] at = new int[rows];
    int distinct = text.isConstant() ? Math.min(1, rows) : rows;
    search.firstInRows(text.bytes(), text.offsets(), distinct, at);
    for (int r = 0; r < rows; r++) {
      int first = at[r & text.mask()];
      at[r] = first < 0 ? -1 : first;
    }
    for (int r = 0; r < rows; r++) {
      at[r] = at[r] < 0 ? -1 : text.from(r) + at[r] + search.length();
    }
    return at;
  }

  private static Column bools(Column c, ByteSearch search, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    int[] at = places(c, search, rows);
    byte[] out = new byte[rows];
    for (int r = 0; r < rows; r++) {
      int p = at[r];
      boolean yes =
          p >= 0
              && p + 4 <= text.to(r)
              && text.bytes()[p] == 't'
              && text.bytes()[p + 1] == 'r'
              && text.bytes()[p + 2] == 'u'
              && text.bytes()[p + 3] == 'e';
      out[r] = (byte) (yes ? 1 : 0);
    }
    return new Int8Column(out, rows);
  }

  private static Column integers(Column c, ByteSearch search, boolean signed, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    int[] at = places(c, search, rows);
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      int p = at[r];
      if (p < 0) {
        continue;
      }
      int to = text.to(r);
      p += p < to && b[p] == '"' ? 1 : 0;
      boolean negative = signed && p < to && b[p] == '-';
      p += p < to && (b[p] == '-' || b[p] == '+') ? 1 : 0;
      long v = 0;
      while (p < to && b[p] >= '0' && b[p] <= '9') {
        v = v * 10 + b[p++] - '0';
      }
      out[r] = negative ? -v : v;
    }
    return new Int64Column(out, rows);
  }

  private static Column doubles(Column c, ByteSearch search, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    int[] at = places(c, search, rows);
    double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      int p = at[r];
      if (p < 0) {
        continue;
      }
      int to = text.to(r);
      p += p < to && b[p] == '"' ? 1 : 0;
      int end = p;
      while (end < to && "+-.0123456789eE".indexOf(b[end]) >= 0) {
        end++;
      }
      out[r] = parsed(new String(b, p, end - p, StandardCharsets.US_ASCII));
    }
    return new Float64Column(out, rows);
  }

  private static double parsed(String s) {
    try {
      return Double.parseDouble(s);
    } catch (NumberFormatException e) {
      // What is no number counts as 0, as every missing value does here.
      return 0;
    }
  }

  private static Column raws(Column c, ByteSearch search, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    int[] at = places(c, search, rows);
    var out = new StringColumn.Builder(rows);
    for (int r = 0; r < rows; r++) {
      int from = Math.max(0, at[r]);
      int end = at[r] < 0 ? 0 : endOfValue(b, from, text.to(r));
      out.add(b, from, end - from);
    }
    return out.build();
  }

  /** Brackets are counted, those in strings not. */
  private static int endOfValue(byte[] b, int from, int to) {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < to; i++) {
      if (inString) {
        if (b[i] == '\\') {
          i++;
        } else if (b[i] == '"') {
          inString = false;
        }
        continue;
      }
      switch (b[i]) {
        case '"' -> inString = true;
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth-- == 0) {
            return i;
          }
        }
        case ',' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return to;
  }

  private static Column strings(Column c, ByteSearch search, int rows) {
    Rows.Bytes text = Rows.bytes(c);
    byte[] b = text.bytes();
    int[] at = places(c, search, rows);
    var out = new StringColumn.Builder(rows);
    var decoded = new ByteWriter(32);
    for (int r = 0; r < rows; r++) {
      int p = at[r];
      int to = text.to(r);
      decoded.reset();
      if (p >= 0 && p < to && b[p] == '"') {
        int end = p + 1;
        boolean valid = true;
        while (end < to && b[end] != '"') {
          if (b[end] == '\\' && ++end < to && b[end] == 'u') {
            valid &= end + 4 < to && JsonText.hex4(b, end + 1) >= 0;
          }
          end++;
        }
        if (end < to && valid) {
          JsonText.string(b, p + 1, end, decoded);
        }
      }
      out.add(decoded.buffer(), 0, decoded.position());
    }
    return out.build();
  }
}
