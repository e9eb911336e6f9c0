package io.longhouse.function.scalar.string;

import io.longhouse.column.Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.array.ArrayConcat;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code concat(x, ...)} and {@code x || y}: strings, but also arrays, tuples and maps. */
@Register(
    kind = FunctionFactory.class,
    name = "concat",
    caseInsensitive = true,
    category = "String",
    doc = "The arguments one behind the other; what is not a string is taken as its text.")
@Register(
    kind = FunctionFactory.class,
    name = "concatAssumeInjective",
    category = "String",
    doc = "As concat, promising that different arguments give different results.")
@Register(
    kind = FunctionFactory.class,
    name = "concatWithSeparator",
    aliases = "concat_ws",
    category = "String",
    doc = "The arguments behind the first, with the first between them.")
@Register(
    kind = FunctionFactory.class,
    name = "concatWithSeparatorAssumeInjective",
    category = "String",
    doc = "As concatWithSeparator, promising that different arguments give different results.")
final class Concat implements FunctionFactory {
  private final String name;
  private final boolean separated;

  Concat(String name) {
    this.name = name;
    this.separated = name.startsWith("concatWithSeparator");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    if (!separated && all(arguments, ArrayType.class)) {
      return ArrayConcat.resolve(name, arguments);
    }
    if (!separated && all(arguments, MapType.class)) {
      return Functions.resolve("mapConcat", arguments, context);
    }
    if (!separated && all(arguments, TupleType.class)) {
      return Functions.resolve("tupleConcat", arguments, context);
    }
    if (separated) {
      s.atLeast(1).string(0);
      if (!s.arguments().get(0).isConstant()) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_COLUMN, "The separator of function " + name + " must be constant");
      }
    }
    @Nullable ScalarFunction[] toText = new ScalarFunction[arguments.size()];
    for (int i = 0; i < toText.length; i++) {
      if (!Signature.isString(s.type(i))) {
        toText[i] = Functions.resolve("toString", arguments.subList(i, i + 1), context);
      }
    }
    return Resolved.of(
        StringType.TYPE,
        (c, rows) -> {
          Rows.Bytes[] parts = new Rows.Bytes[c.length];
          for (int i = 0; i < c.length; i++) {
            ScalarFunction f = toText[i];
            Column text = f == null ? c[i] : f.evaluate(new Column[] {c[i]}, rows);
            parts[i] = Rows.bytes(text);
          }
          return separated ? joined(parts, rows) : joined(parts, rows, 0, null);
        });
  }

  private static boolean all(List<Argument> arguments, Class<?> type) {
    return !arguments.isEmpty() && arguments.stream().allMatch(a -> type.isInstance(a.type()));
  }

  private static Column joined(Rows.Bytes[] parts, int rows) {
    return joined(parts, rows, 1, parts[0]);
  }

  private static Column joined(
      Rows.Bytes[] parts, int rows, int first, Rows.@Nullable Bytes separator) {
    int[] offsets = new int[rows + 1];
    int between = separator == null ? 0 : separator.to(0) - separator.from(0);
    int gaps = Math.max(0, parts.length - first - 1) * between;
    for (int r = 0; r < rows; r++) {
      long total = (long) offsets[r] + gaps;
      for (int k = first; k < parts.length; k++) {
        total += parts[k].to(r) - parts[k].from(r);
      }
      offsets[r + 1] = Math.toIntExact(total);
    }
    byte[] out = new byte[offsets[rows]];
    for (int r = 0; r < rows; r++) {
      int at = offsets[r];
      for (int k = first; k < parts.length; k++) {
        if (separator != null && k > first) {
          System.arraycopy(separator.bytes(), separator.from(0), out, at, between);
          at += between;
        }
        Rows.Bytes p = parts[k];
        int from = p.from(r);
        int n = p.to(r) - from;
        System.arraycopy(p.bytes(), from, out, at, n);
        at += n;
      }
    }
    return new StringColumn(offsets, out, rows);
  }
}
