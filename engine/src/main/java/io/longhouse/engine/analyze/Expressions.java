package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.StringType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From expressions as they were written to typed ones, in the frame where they stand. */
final class Expressions {
  private final Analyzer analyzer;
  private Map<String, String> parameters;
  private final InSets sets;

  Expressions(Analyzer analyzer, Map<String, String> parameters) {
    this.analyzer = analyzer;
    this.parameters = parameters;
    this.sets = new InSets(this, analyzer);
  }

  Expr resolve(Expression e, Frame frame) {
    return frame.grouped(plain(e, frame));
  }

  private Expr plain(Expression e, Frame frame) {
    return switch (e) {
      case Literal l -> Literals.constant(l);
      case Identifier id -> identifier(id, frame);
      case Aliased a -> {
        Expr known = frame.aliased(a);
        yield known != null ? known : resolve(a.expression(), frame);
      }
      case Parenthesized p -> resolve(p.expression(), frame);
      case FunctionCall f -> call(f, frame);
      case Subquery s -> analyzer.values().scalar(s.query(), frame);
      case QueryParameter p -> parameter(p);
      case Lambda _ ->
          throw new LonghouseException(
              ErrorCode.UNSUPPORTED_METHOD,
              "Lambda " + Formatter.formatOneLine(e) + " is not the argument of a function");
      case Matcher _ ->
          throw new LonghouseException(
              ErrorCode.UNSUPPORTED_METHOD,
              "Matcher " + Formatter.formatOneLine(e) + " stands where a single value is expected");
      case DescendingKey _ ->
          throw new LonghouseException(ErrorCode.SYNTAX_ERROR, "Unexpected DESC in an expression");
    };
  }

  private static Expr identifier(Identifier id, Frame frame) {
    Expr found = frame.find(id);
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_IDENTIFIER,
          "Unknown expression identifier `" + id.name() + "` in scope " + frame.describe());
    }
    return found;
  }

  /** Does something where parameters have other values, as inside of a parameterized view. */
  <T> T with(Map<String, String> values, Supplier<T> action) {
    Map<String, String> before = parameters;
    parameters = values;
    try {
      return action.get();
    } finally {
      parameters = before;
    }
  }

  private Expr parameter(QueryParameter p) {
    String value = parameters.get(p.name());
    if (value == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_QUERY_PARAMETER, "Substitution `" + p.name() + "` is not set");
    }
    DataType type = DataTypes.parse(p.type());
    var in = new io.longhouse.column.ByteReader(ByteText.encode(value));
    var out = type.newBuilder(1);
    type.readText(in, io.longhouse.column.type.TextForm.ESCAPED, context().formatSettings(), out);
    if (!in.atEnd()) {
      throw new LonghouseException(
          ErrorCode.BAD_QUERY_PARAMETER,
          "Value "
              + value
              + " cannot be parsed as "
              + type.name()
              + " for query parameter '"
              + p.name()
              + "' because it isn't parsed completely");
    }
    return new Expr.Constant(out.build(), type);
  }

  private Expr call(FunctionCall f, Frame frame) {
    if (f.window() != null) {
      return frame.window(f);
    }
    Expression alias = frame.alias(f.name());
    if (alias != null && alias.bare() instanceof Lambda lambda) {
      return inlined(lambda, f, frame);
    }
    Lambda user = analyzer.userFunction(f.name());
    if (user != null) {
      return inlined(user, f, frame);
    }
    if (InSets.isIn(f.name())) {
      return sets.resolve(f, frame);
    }
    switch (f.name()) {
      case "arrayJoin" -> {
        requireArguments(f, 1);
        return frame.arrayJoin(resolve(f.arguments().getFirst(), frame));
      }
      case "exists" -> {
        if (f.arguments().size() == 1 && f.arguments().getFirst().bare() instanceof Subquery s) {
          return analyzer.values().exists(s.query(), frame);
        }
      }
      case "joinGet", "joinGetOrNull" -> {
        return plainCall(withTableName(f, frame), frame);
      }
      case String n when n.startsWith("dictGet") || n.equals("dictHas") || n.equals("dictIsIn") -> {
        return plainCall(withTableName(f, frame), frame);
      }
      case "grouping" -> {
        return frame.aggregate(f);
      }
      case "if", "multiIf" -> {
        int count = f.arguments().size();
        if (f.name().equals("if") ? count == 3 : count >= 3 && count % 2 == 1) {
          return conditional(f, frame);
        }
      }
      default -> {}
    }
    if (Aggregates.isAggregate(f.name())
        && io.longhouse.registry.Registry.of(FunctionFactory.class).entry(f.name()) == null) {
      return frame.aggregate(f);
    }
    if (f.parameters() != null) {
      throw new LonghouseException(
          ErrorCode.FUNCTION_CANNOT_HAVE_PARAMETERS, "Function " + f.name() + " is not parametric");
    }
    return plainCall(f, frame);
  }

  /**
   * {@code if} and {@code multiIf}. When constants alone choose the value, the other arguments may
   * be such as have no meaning or cannot be computed.
   */
  private Expr conditional(FunctionCall f, Frame frame) {
    List<Expression> written = f.arguments();
    Expr[] resolved = new Expr[written.size()];
    int chosen = written.size() - 1;
    for (int i = 0; i + 1 < written.size(); i += 2) {
      resolved[i] = resolve(written.get(i), frame);
      if (!(resolved[i] instanceof Expr.Constant c)) {
        return plainCall(f, frame);
      }
      if (!c.value().full().isNullAt(0) && !c.type().textOf(c.value(), 0).equals("0")) {
        chosen = i + 1;
        break;
      }
    }
    resolved[chosen] = resolve(written.get(chosen), frame);
    try {
      for (int i = 0; i < resolved.length; i++) {
        resolved[i] = resolved[i] == null ? resolve(written.get(i), frame) : resolved[i];
      }
    } catch (LonghouseException e) {
      if (e.code() == ErrorCode.ILLEGAL_AGGREGATION.code()) {
        throw e;
      }
      return resolved[chosen];
    }
    try {
      return call(f.name(), List.of(resolved));
    } catch (LonghouseException e) {
      if (e.code() == ErrorCode.NO_COMMON_TYPE.code()) {
        return resolved[chosen];
      }
      throw e;
    }
  }

  /** A name of a table, where it is no column, is its own text. */
  private static FunctionCall withTableName(FunctionCall f, Frame frame) {
    if (f.arguments().isEmpty()
        || !(f.arguments().getFirst().bare() instanceof Identifier id)
        || frame.find(id) != null) {
      return f;
    }
    List<Expression> arguments = new ArrayList<>(f.arguments());
    arguments.set(0, io.longhouse.sql.ast.Literal.of(id.name()));
    return FunctionCall.call(f.name(), arguments);
  }

  private static void requireArguments(FunctionCall f, int count) {
    if (f.arguments().size() != count) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for function "
              + f.name()
              + " doesn't match: passed "
              + f.arguments().size()
              + ", should be "
              + count);
    }
  }

  /** A lambda that has a name, called: its parameters replaced by the arguments. */
  private Expr inlined(Lambda lambda, FunctionCall f, Frame frame) {
    requireCount(lambda, f);
    return resolve(Substitution.of(lambda.body(), lambda.parameters(), f.arguments()), frame);
  }

  private static void requireCount(Lambda lambda, FunctionCall f) {
    requireArguments(f, lambda.parameters().size());
  }

  private Expr plainCall(FunctionCall f, Frame frame) {
    FunctionFactory factory = Functions.factory(f.name());
    if (factory instanceof HigherOrderFactory h
        && !f.arguments().isEmpty()
        && lambdaOf(f.arguments().getFirst(), frame) instanceof Lambda lambda) {
      return higherOrder(f, h, lambda, frame);
    }
    List<Expr> arguments = arguments(f.arguments(), frame);
    return call(f.name(), arguments);
  }

  private static @Nullable Lambda lambdaOf(Expression e, Frame frame) {
    Expression bare = e.bare();
    if (bare instanceof Lambda l) {
      return l;
    }
    if (bare instanceof Identifier id && id.parts().size() == 1) {
      Expression alias = frame.alias(id.name());
      return alias != null && alias.bare() instanceof Lambda l ? l : null;
    }
    return null;
  }

  /** Arguments with matchers expanded to the columns they stand for. */
  List<Expr> arguments(List<Expression> written, Frame frame) {
    List<Expr> arguments = new ArrayList<>();
    for (Expression a : written) {
      if (a.bare() instanceof Matcher m) {
        for (Matchers.Expanded x : analyzer.expand(m, frame)) {
          arguments.add(x.expr());
        }
      } else {
        arguments.add(resolve(a, frame));
      }
    }
    return arguments;
  }

  /** A call of a scalar function, folded to a constant where that is allowed. */
  Expr call(String name, List<Expr> arguments) {
    ScalarFunction function =
        Functions.resolve(name, arguments.stream().map(Expr::asArgument).toList(), context());
    var call = new Expr.Call(name, function, arguments);
    return analyzer.around().read() && function.isOfServer() ? call : fold(call);
  }

  Expr call(String name, Expr... arguments) {
    return call(name, List.of(arguments));
  }

  /** The value of a call whose arguments are constant, if it is the same for the whole query. */
  static Expr fold(Expr.Call call) {
    if (!call.function().isConstantInQuery()
        || !call.arguments().stream().allMatch(Expr.Constant.class::isInstance)) {
      return call;
    }
    Column value = Program.constant(call);
    return new Expr.Constant(value, call.type());
  }

  private Expr higherOrder(FunctionCall f, HigherOrderFactory factory, Lambda lambda, Frame frame) {
    List<Expr> arguments = arguments(f.arguments().subList(1, f.arguments().size()), frame);
    var known = arguments.stream().map(Expr::asArgument).toList();
    List<DataType> types = factory.lambdaParameters(known, lambda.parameters().size());
    if (types.size() != lambda.parameters().size()) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Function "
              + f.name()
              + " expects a lambda of "
              + types.size()
              + " argument(s), found "
              + lambda.parameters().size());
    }
    var inside = new LambdaFrame(frame, lambda.parameters(), types);
    Expr body = resolve(lambda.body(), inside);
    var function = factory.resolve(body.type(), known, context());
    return new Expr.HigherOrder(
        f.name(), function, new Expr.LambdaBody(types, body, inside.captures()), arguments);
  }

  /** A constant's text, for arguments that must be constant strings. */
  String constantText(Expression e, Frame frame) {
    Expr x = resolve(e, frame);
    if (x instanceof Expr.Constant c && c.type() instanceof StringType t) {
      return t.textOf(c.value(), 0);
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Expected a constant string, found " + Formatter.formatOneLine(e));
  }

  FunctionContext context() {
    return analyzer.context();
  }
}
