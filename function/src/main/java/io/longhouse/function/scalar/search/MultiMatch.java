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
final class MultiMatch implements FunctionFactory {
  private final String name;

  MultiMatch(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2).string(0);
    if (!Signature.isString(s.array(1).element())) {
      throw s.illegal(1, "must be an array of strings");
    }
    if ("0".equals(context.setting("allow_hyperscan"))) {
      throw new LonghouseException(
          ErrorCode.FUNCTION_NOT_ALLOWED,
          "Hyperscan functions are disabled, because setting 'allow_hyperscan' is set to 0");
    }
    List<Regex> regexes = regexes(s);
    return switch (name) {
      case "multiMatchAny" ->
          Resolved.throwing(
              IntegerType.UINT8,
              (c, rows) -> {
                byte[] any = new byte[rows];
                for (Regex regex : regexes) {
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

  private static List<Regex> regexes(Signature s) {
    var array = (ArrayColumn) s.constant(1);
    List<Regex> regexes = new ArrayList<>();
    if (array.lengthAt(0) > 0) {
      Rows.Bytes p = Rows.bytes(Rows.elements(array));
      for (int i = 0; i < array.lengthAt(0); i++) {
        regexes.add(Match.regex(p, i));
      }
    }
    return regexes;
  }

  private static byte[] hits(Regex regex, Column text, int rows) {
    Rows.Bytes b = Rows.bytes(text);
    byte[] out = new byte[rows];
    regex.markRows(b.bytes(), b.offsets(), Math.min(rows, b.isConstant() ? 1 : rows), out);
    if (b.isConstant() && rows > 1) {
      Arrays.fill(out, out[0]);
    }
    return out;
  }

  private static Column all(List<Regex> regexes, Column text, int rows) {
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
