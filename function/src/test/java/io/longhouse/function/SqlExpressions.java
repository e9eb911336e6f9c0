package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.function.number.LongSink;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parsed expressions without names, resolved. Literals are constants and calls of constants are
 * folded, as an engine does; or literals are columns, so that the loops over full columns are run.
 */
final class SqlExpressions {
  private final FunctionContext context;
  private final boolean columns;
  private final List<Column> inputs = new ArrayList<>();
  private final Map<String, Expr> parameters = new LinkedHashMap<>();

  SqlExpressions(FunctionContext context, boolean columns) {
    this.context = context;
    this.columns = columns;
  }

  /** The value over {@code rows} rows in full layout. */
  Column evaluate(Expr e, int rows) {
    Column[] in = inputs.stream().map(c -> new ConstColumn(c, rows).full()).toArray(Column[]::new);
    return new Program(List.of(e)).evaluateSingle(in, rows).full();
  }

  Expr resolve(Expression e) {
    return switch (e.bare()) {
      case Literal.NullLiteral _ -> {
        DataType t = NullableType.orSame(NothingType.TYPE);
        yield new Expr.Constant(t.defaultValue(), t);
      }
      case Literal.BoolLiteral b ->
          literal(BoolType.TYPE, Int8Column.of((byte) (b.value() ? 1 : 0)));
      case NumberLiteral n -> number(n);
      case Literal.StringLiteral s ->
          literal(StringType.TYPE, StringColumn.of(ByteText.encode(s.value())));
      case Literal.ArrayLiteral a -> call("array", a.elements());
      case Literal.TupleLiteral t -> call("tuple", t.elements());
      case FunctionCall f -> call(f.name(), f.arguments());
      case Identifier i -> {
        Expr parameter = parameters.get(i.name());
        if (parameter == null) {
          throw new IllegalArgumentException("no such parameter: " + i);
        }
        yield parameter;
      }
      default -> throw new IllegalArgumentException(e.toString());
    };
  }

  private Expr number(NumberLiteral n) {
    if (!n.isInteger()) {
      return literal(FloatType.FLOAT64, Float64Column.of(n.doubleValue()));
    }
    long v = n.bits();
    boolean negative = n.kind() == NumberLiteral.Kind.INT64 && v < 0;
    int bytes =
        negative
            ? v >= -128 ? 1 : v >= -32768 ? 2 : v >= Integer.MIN_VALUE ? 4 : 8
            : v < 0 ? 8 : v < 256 ? 1 : v < 65536 ? 2 : v < 1L << 32 ? 4 : 8;
    var sink = new LongSink(bytes, 1);
    sink.target()[0] = v;
    sink.advance(1);
    return literal(IntegerType.of(bytes, negative), sink.build());
  }

  private Expr literal(DataType type, Column value) {
    if (!columns) {
      return new Expr.Constant(value, type);
    }
    inputs.add(value);
    return new Expr.Input(inputs.size() - 1, type);
  }

  private Expr higherOrder(String name, Lambda lambda, List<? extends Expression> arguments) {
    List<Expr> rest = arguments.stream().map(this::resolve).toList();
    List<Argument> types = rest.stream().map(Expr::asArgument).toList();
    var factory = (HigherOrderFactory) Functions.factory(name);
    List<DataType> parameterTypes = factory.lambdaParameters(types, lambda.parameters().size());
    var inside = new SqlExpressions(context, false);
    // Outer parameters become captures: inputs behind the lambda's own.
    List<Expr> captures = new ArrayList<>();
    parameters.forEach((n, e) -> {
      inside.parameters.put(n, new Expr.Input(parameterTypes.size() + captures.size(), e.type()));
      captures.add(e);
    });
    for (int i = 0; i < parameterTypes.size(); i++) {
      inside.parameters.put(lambda.parameters().get(i), new Expr.Input(i, parameterTypes.get(i)));
    }
    Expr body = inside.resolve(lambda.body());
    return new Expr.HigherOrder(
        name,
        factory.resolve(body.type(), types, context),
        new Expr.LambdaBody(parameterTypes, body, captures),
        rest);
  }

  private Expr call(String name, List<? extends Expression> arguments) {
    if (!arguments.isEmpty() && arguments.get(0).bare() instanceof Lambda lambda) {
      return higherOrder(name, lambda, arguments.subList(1, arguments.size()));
    }
    List<Expr> resolved = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      boolean type = i == 1 && name.toUpperCase(java.util.Locale.ROOT).contains("CAST");
      resolved.add(
          type || mustBeConstant(name, i)
              ? new SqlExpressions(context, false).resolve(arguments.get(i))
              : resolve(arguments.get(i)));
    }
    var function =
        Functions.resolve(name, resolved.stream().map(Expr::asArgument).toList(), context);
    var call = new Expr.Call(name, function, resolved);
    boolean constant = resolved.stream().allMatch(a -> a instanceof Expr.Constant);
    boolean folds = function.isConstantInQuery();
    if (constant && folds) {
      try {
        return new Expr.Constant(Program.constant(call), call.type());
      } catch (LonghouseException e) {
        return call; // what a condition rules out must not fail
      }
    }
    return call;
  }

  /** Scales, widths, zones, units and formats stay constants. */
  private static boolean mustBeConstant(String name, int place) {
    boolean scaled = name.startsWith("toDecimal") || name.startsWith("toDateTime");
    return place > 0
        && (scaled
            || name.startsWith("parseDateTime")
            || name.equals("toFixedString")
            || name.equals("toString")
            || name.equals("transform")
            || name.equals("toDate")
            || name.equals("toDate32"));
  }
}
