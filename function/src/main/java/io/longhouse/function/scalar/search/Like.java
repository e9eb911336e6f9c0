package io.longhouse.function.scalar.search;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code LIKE}, {@code ILIKE} and their negations. */
@Register(
    kind = FunctionFactory.class,
    name = "like",
    category = "Search",
    doc =
        "Whether a string matches a pattern in which % stands for any text and _ for a character.")
@Register(
    kind = FunctionFactory.class,
    name = "notLike",
    category = "Search",
    doc = "Whether a string does not match a LIKE pattern.")
@Register(
    kind = FunctionFactory.class,
    name = "ilike",
    category = "Search",
    doc = "As like, taking small and capital letters for the same.")
@Register(
    kind = FunctionFactory.class,
    name = "notILike",
    category = "Search",
    doc = "As notLike, taking small and capital letters for the same.")
final class Like implements FunctionFactory {
  private static final int PATTERNS_MAX = 1000;

  private final String name;
  private final boolean ignoreCase;
  private final boolean negated;

  Like(String name) {
    this.name = name;
    this.ignoreCase = name.endsWith("ilike") || name.endsWith("ILike");
    this.negated = name.startsWith("not");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(2);
    if (s.type(0) instanceof EnumType) {
      return overNames(arguments, context);
    }
    s.string(0).string(1);
    return Resolved.throwing(IntegerType.UINT8, this::like);
  }

  /** An enumeration is searched by its names. */
  private ScalarFunction overNames(List<Argument> arguments, FunctionContext context) {
    ScalarFunction toText = Functions.resolve("toString", arguments.subList(0, 1), context);
    ScalarFunction f =
        Functions.resolve(
            this, List.of(Argument.of(toText.resultType()), arguments.get(1)), context);
    return Resolved.throwing(
        f.resultType(),
        (c, rows) ->
            f.evaluate(new Column[] {toText.evaluate(new Column[] {c[0]}, rows), c[1]}, rows));
  }

  private Column like(Column[] c, int rows) {
    Rows.Bytes text = Rows.bytes(c[0]);
    Rows.Bytes patterns = Rows.bytes(c[1]);
    byte[] out = new byte[rows];
    if (patterns.isConstant()) {
      byte[] p = Arrays.copyOfRange(patterns.bytes(), patterns.from(0), patterns.to(0));
      LikePattern pattern = LikePattern.compile(p, ignoreCase);
      int distinct = text.isConstant() ? 1 : rows;
      pattern.match(text.bytes(), text.offsets(), Math.min(distinct, rows), out);
      if (text.isConstant() && rows > 1) {
        Arrays.fill(out, out[0]);
      }
    } else {
      eachPattern(text, patterns, rows, out);
    }
    if (negated) {
      for (int i = 0; i < rows; i++) {
        out[i] ^= 1;
      }
    }
    return c[0] instanceof ConstColumn && c[1] instanceof ConstColumn && rows > 1
        ? new ConstColumn(new Int8Column(Arrays.copyOf(out, 1), 1), rows)
        : new Int8Column(out, rows);
  }

  private void eachPattern(Rows.Bytes text, Rows.Bytes patterns, int rows, byte[] out) {
    Map<java.nio.ByteBuffer, LikePattern> compiled = new HashMap<>();
    for (int r = 0; r < rows; r++) {
      byte[] p = Arrays.copyOfRange(patterns.bytes(), patterns.from(r), patterns.to(r));
      if (compiled.size() > PATTERNS_MAX) {
        compiled.clear();
      }
      LikePattern pattern =
          compiled.computeIfAbsent(
              java.nio.ByteBuffer.wrap(p), _ -> LikePattern.compile(p, ignoreCase));
      out[r] = (byte) (pattern.matches(text.bytes(), text.from(r), text.to(r)) ? 1 : 0);
    }
  }
}
