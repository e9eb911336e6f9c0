package io.longhouse.function.scalar.search;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.IntegerType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several regular expressions at once. */
@Register(
    kind = FunctionFactory.class,
    name = "multiMatchAny",
    category = "Search",
    doc = "Whether any of several regular expressions matches.")
@Register(
    kind = FunctionFactory.class,
    name = "multiMatchAnyIndex",
    category = "Search",
    doc = "The index from 1 of a regular expression that matches; 0 when none does.")
@Register(
    kind = FunctionFactory.class,
    name = "multiMatchAllIndices",
    category = "Search",
    doc = "The indexes from 1 of all regular expressions that match.")
@Register(
    kind = FunctionFactory.class,
    name = "multiFuzzyMatchAny",
    category = "Search",
    doc = "Whether any of several regular expressions matches with at most so many errors.")
@Register(
    kind = FunctionFactory.class,
    name = "multiFuzzyMatchAnyIndex",
    category = "Search",
    doc = "The index from 1 of one that matches with at most so many errors.")
@Register(
    kind = FunctionFactory.class,
    name = "multiFuzzyMatchAllIndices",
    category = "Search",
    doc = "The indexes from 1 of all that match with at most so many errors.")
final class MultiMatch implements FunctionFactory {
  private static final int DISTANCE_MAX = 255;

  /** One expression: marks the rows that match. */
  @FunctionalInterface
  private interface Marker {
    void markRows(byte[] text, int[] offsets, int rows, byte[] out);
  }

  private final String name;

  MultiMatch(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean fuzzy = name.startsWith("multiFuzzy");
    int patterns = fuzzy ? 2 : 1;
    var s = new Signature(name, arguments).count(patterns + 1).string(0);
    int distance = fuzzy ? distance(s) : 0;
    if (!Signature.isString(s.array(patterns).element())) {
      throw s.illegal(patterns, "must be an array of strings");
    }
    if ("0".equals(context.setting("allow_hyperscan"))) {
      throw new LonghouseException(
          ErrorCode.FUNCTION_NOT_ALLOWED,
          "Hyperscan functions are disabled, because setting 'allow_hyperscan' is set to 0");
    }
    List<Marker> regexes = markers(s, patterns, distance);
    return switch (name.replace("Fuzzy", "")) {
      case "multiMatchAny" ->
          Resolved.throwing(
              IntegerType.UINT8,
              (c, rows) -> {
                byte[] any = new byte[rows];
                for (Marker regex : regexes) {
                  byte[] hits = hits(regex, c[0], rows);
                  for (int r = 0; r < rows; r++) {
                    any[r] |= hits[r];
                  }
                }
                return new Int8Column(any, rows);
              });
      case "multiMatchAnyIndex" ->
          Resolved.throwing(
              IntegerType.UINT64,
              (c, rows) -> {
                long[] index = new long[rows];
                for (int i = 0; i < regexes.size(); i++) {
                  byte[] hits = hits(regexes.get(i), c[0], rows);
                  for (int r = 0; r < rows; r++) {
                    index[r] = index[r] == 0 && hits[r] != 0 ? i + 1 : index[r];
                  }
                }
                return new Int64Column(index, rows);
              });
      default ->
          Resolved.throwing(
              new ArrayType(IntegerType.UINT64), (c, rows) -> all(regexes, c[0], rows));
    };
  }

  private static int distance(Signature s) {
    if (!(s.type(1) instanceof IntegerType t) || t.signed() || t.bytes() > 8) {
      throw s.illegal(1, "must be an unsigned integer");
    }
    if (t.bytes() > 4) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_COLUMN, "The edit distance must be UInt8, UInt16 or UInt32");
    }
    long distance = s.constantInteger(1);
    if (distance > DISTANCE_MAX) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "Edit distance is too big.");
    }
    return (int) distance;
  }

  private List<Marker> markers(Signature s, int patterns, int distance) {
    var array = (ArrayColumn) s.constant(patterns);
    List<Marker> out = new ArrayList<>();
    if (array.lengthAt(0) > 0) {
      Rows.Bytes p = Rows.bytes(Rows.elements(array));
      for (int i = 0; i < array.lengthAt(0); i++) {
        if (patterns == 1) {
          Regex regex = Match.regex(p, i);
          out.add(regex::markRows);
        } else {
          var regex = new FuzzyRegex(Arrays.copyOfRange(p.bytes(), p.from(i), p.to(i)), distance);
          out.add(regex::markRows);
        }
      }
    }
    return out;
  }

  private static byte[] hits(Marker regex, Column text, int rows) {
    Rows.Bytes b = Rows.bytes(text);
    byte[] out = new byte[rows];
    regex.markRows(b.bytes(), b.offsets(), Math.min(rows, b.isConstant() ? 1 : rows), out);
    if (b.isConstant() && rows > 1) {
      Arrays.fill(out, out[0]);
    }
    return out;
  }

  private static Column all(List<Marker> regexes, Column text, int rows) {
    byte[][] hits = new byte[regexes.size()][];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = hits(regexes.get(i), text, rows);
    }
    int[] offsets = new int[rows + 1];
    var indexes = new Int64Column.Builder(rows);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < hits.length; i++) {
        if (hits[i][r] != 0) {
          indexes.add(i + 1);
        }
      }
      offsets[r + 1] = indexes.size();
    }
    return new ArrayColumn(offsets, indexes.build(), rows);
  }
}
