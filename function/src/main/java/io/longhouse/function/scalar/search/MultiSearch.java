package io.longhouse.function.scalar.search;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
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
import java.util.Arrays;
import java.util.List;

/** Several substrings looked for at once. */
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAny",
    category = "Search",
    doc = "Whether any of several substrings is in a string.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAnyUTF8",
    category = "Search",
    doc = "Whether any of several substrings is in a string.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAnyCaseInsensitive",
    category = "Search",
    doc = "As multiSearchAny without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAnyCaseInsensitiveUTF8",
    category = "Search",
    doc = "As multiSearchAny without regard to case.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstIndex",
    category = "Search",
    doc = "The index from 1 of the substring found furthest to the front of the list; 0 for none.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstIndexUTF8",
    category = "Search",
    doc = "As multiSearchFirstIndex.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstIndexCaseInsensitive",
    category = "Search",
    doc = "As multiSearchFirstIndex without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstIndexCaseInsensitiveUTF8",
    category = "Search",
    doc = "As multiSearchFirstIndex without regard to case.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstPosition",
    category = "Search",
    doc = "The leftmost place from 1, in bytes, of any of several substrings; 0 for none.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstPositionUTF8",
    category = "Search",
    doc = "As multiSearchFirstPosition, in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstPositionCaseInsensitive",
    category = "Search",
    doc = "As multiSearchFirstPosition without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchFirstPositionCaseInsensitiveUTF8",
    category = "Search",
    doc = "As multiSearchFirstPosition, in characters, without regard to case.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAllPositions",
    category = "Search",
    doc = "For each of several substrings its first place from 1, in bytes; 0 for none.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAllPositionsUTF8",
    category = "Search",
    doc = "As multiSearchAllPositions, in characters.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAllPositionsCaseInsensitive",
    category = "Search",
    doc = "As multiSearchAllPositions without regard to the case of ASCII letters.")
@Register(
    kind = FunctionFactory.class,
    name = "multiSearchAllPositionsCaseInsensitiveUTF8",
    category = "Search",
    doc = "As multiSearchAllPositions, in characters, without regard to case.")
final class MultiSearch implements FunctionFactory {
  private static final int NEEDLES_MAX = 255;

  private final String name;
  private final Needles needles;
  private final String kind;

  MultiSearch(String name) {
    this.name = name;
    this.needles = new Needles(name.contains("CaseInsensitive"), name.endsWith("UTF8"));
    this.kind = name.replace("CaseInsensitive", "").replace("UTF8", "");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2).string(0);
    if (!Signature.isString(s.array(1).element())) {
      throw s.illegal(1, "must be an array of strings");
    }
    return switch (kind) {
      case "multiSearchAny" ->
          Resolved.throwing(
              IntegerType.UINT8,
              (c, rows) -> {
                long[] first = places(c, rows, kind, null);
                byte[] out = new byte[rows];
                for (int r = 0; r < rows; r++) {
                  out[r] = (byte) (first[r] != 0 ? 1 : 0);
                }
                return new Int8Column(out, rows);
              });
      case "multiSearchAllPositions" ->
          Resolved.throwing(
              new ArrayType(IntegerType.UINT64),
              (c, rows) -> {
                ArrayColumn a = Rows.array(c[1]);
                long[] all = new long[a.offsets()[rows]];
                places(c, rows, kind, all);
                return new ArrayColumn(a.offsets(), new Int64Column(all, all.length), rows);
              });
      default ->
          Resolved.throwing(
              IntegerType.UINT64, (c, rows) -> new Int64Column(places(c, rows, kind, null), rows));
    };
  }

  /**
   * By kind, for each row: 1 for a hit, the smallest index of a needle found, or the leftmost
   * place; all places by needle go to {@code all} if there is one.
   */
  private long[] places(
      Column[] c, int rows, String kind, long @org.jspecify.annotations.Nullable [] all) {
    Rows.Bytes text = Rows.bytes(c[0]);
    long[] best = new long[rows];
    if (c[1] instanceof ConstColumn k && !text.isConstant()) {
      var array = (ArrayColumn) k.value();
      int n = requireFew(array.lengthAt(0));
      Rows.Bytes needle = n == 0 ? null : Rows.bytes(Rows.elements(array));
      int[] at = new int[rows];
      for (int i = 0; i < n && needle != null; i++) {
        needles.firstInRows(
            Arrays.copyOfRange(needle.bytes(), needle.from(i), needle.to(i)),
            text.bytes(),
            text.offsets(),
            rows,
            at);
        for (int r = 0; r < rows; r++) {
          best[r] = better(kind, best[r], at[r] + 1, i);
          if (all != null) {
            all[r * n + i] = at[r] + 1;
          }
        }
      }
      return best;
    }
    ArrayColumn a = Rows.array(c[1]);
    Column elements = Rows.elements(a);
    if (elements.size() == 0) {
      return best;
    }
    Rows.Bytes needle = Rows.bytes(elements);
    for (int r = 0; r < rows; r++) {
      requireFew(a.lengthAt(r));
      for (int i = a.offsets()[r]; i < a.offsets()[r + 1]; i++) {
        long at =
            1
                + needles.find(
                    text.bytes(),
                    text.from(r),
                    text.to(r),
                    needle.bytes(),
                    needle.from(i),
                    needle.to(i),
                    1);
        best[r] = better(kind, best[r], at, i - a.offsets()[r]);
        if (all != null) {
          all[i] = at;
        }
      }
    }
    return best;
  }

  private static long better(String kind, long best, long place, int needle) {
    if (place == 0) {
      return best;
    }
    return switch (kind) {
      case "multiSearchFirstIndex" -> best == 0 ? needle + 1 : best;
      case "multiSearchFirstPosition" -> best == 0 ? place : Math.min(best, place);
      default -> 1;
    };
  }

  private int requireFew(int count) {
    if (count > NEEDLES_MAX) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function "
              + name
              + " doesn't match: passed "
              + count
              + ", should be at most "
              + NEEDLES_MAX);
    }
    return count;
  }
}
