package io.longhouse.function.scalar;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the expressions of the test tables and resolves them. Either literals stay constants and
 * calls of constants are folded, as an engine does, or literals are columns, so that the loops over
 * full columns are tested with the same expectations.
 */
final class ExpressionReader {
  /** A lambda that waits for the types of its parameters. */
  private record LambdaText(List<String> parameters, int from, int to) {}

  private final String text;
  private final FunctionContext context;
  private final boolean columns;
  private int at;
  private Map<String, Expr> names = new LinkedHashMap<>();

  /** The columns that stand for literals, when they are not constants. */
  final List<Column> inputs = new ArrayList<>();

  ExpressionReader(String text, FunctionContext context, boolean columns) {
    this.text = text;
    this.context = context;
    this.columns = columns;
  }

  Expr read() {
    Expr e = expression(0);
    if (peek() != 0) {
      throw new IllegalArgumentException("unread: " + text.substring(at));
    }
    return e;
  }

  private static final String[][] OPERATORS = {
    {"OR", "or"},
    {"AND", "and"},
    {
      "=",
      "equals",
      "!=",
      "notEquals",
      "<=",
      "lessOrEquals",
      ">=",
      "greaterOrEquals",
      "<",
      "less",
      ">",
      "greater"
    },
    {"||", "concat"},
    {"+", "plus", "-", "minus"},
    {"*", "multiply", "/", "divide", "%", "modulo"},
  };

  private Expr expression(int level) {
    if (level == OPERATORS.length) {
      return postfix();
    }
    Expr left = expression(level + 1);
    while (true) {
      String[] ops = OPERATORS[level];
      int found = -1;
      peek();
      for (int i = 0; i < ops.length && found < 0; i += 2) {
        if (text.startsWith(ops[i], at) && !text.startsWith("->", at)) {
          found = i;
        }
      }
      if (found < 0) {
        return left;
      }
      at += ops[found].length();
      left = call(ops[found + 1], List.of(left, expression(level + 1)));
    }
  }

  private Expr postfix() {
    Expr e = primary();
    while (true) {
      if (peek() == '[') {
        at++;
        Expr index = expression(0);
        expect(']');
        e = call("arrayElement", List.of(e, index));
      } else if (text.startsWith("::", at)) {
        at += 2;
        int from = at;
        int depth = 0;
        while (at < text.length()
            && (depth > 0
                || Character.isLetterOrDigit(text.charAt(at))
                || text.charAt(at) == '(')) {
          depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
          at++;
        }
        e =
            call(
                "CAST",
                List.of(e, literal(StringType.TYPE, string(text.substring(from, at)), true)));
      } else if (peek() == '.' && at + 1 < text.length()) {
        at++;
        int from = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
          at++;
        }
        String name = text.substring(from, at);
        Expr key =
            Character.isDigit(name.charAt(0))
                ? literal(IntegerType.UINT8, Int8Column.of(Byte.parseByte(name)), true)
                : literal(StringType.TYPE, string(name), true);
        e = call("tupleElement", List.of(e, key));
      } else {
        return e;
      }
    }
  }

  private Expr primary() {
    char c = peek();
    if (c == '[') {
      at++;
      return call("array", arguments(']'));
    }
    if (c == '(') {
      at++;
      List<Expr> inside = arguments(')');
      return inside.size() == 1 ? inside.get(0) : call("tuple", inside);
    }
    if (c == '\'') {
      return literal(StringType.TYPE, StringColumn.of(quoted()), false);
    }
    if (c == '-' && !Character.isDigit(text.charAt(at + 1))) {
      at++;
      return call("negate", List.of(postfix()));
    }
    if (Character.isDigit(c) || c == '-') {
      return number();
    }
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String name = text.substring(from, at);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("at " + from + ": " + text.substring(from));
    }
    if (peek() == '(') {
      at++;
      return called(name);
    }
    return switch (name) {
      case "NULL" -> {
        DataType t = NullableType.orSame(NothingType.TYPE);
        yield literal(t, t.defaultValue(), false);
      }
      case "nan" -> literal(FloatType.FLOAT64, Float64Column.of(Double.NaN), false);
      case "inf" -> literal(FloatType.FLOAT64, Float64Column.of(Double.POSITIVE_INFINITY), false);
      case "true" ->
          literal(io.longhouse.column.type.BoolType.TYPE, Int8Column.of((byte) 1), false);
      case "false" ->
          literal(io.longhouse.column.type.BoolType.TYPE, Int8Column.of((byte) 0), false);
      default -> {
        Expr e = names.get(name);
        if (e == null) {
          throw new IllegalArgumentException("unknown name " + name);
        }
        yield e;
      }
    };
  }

  private static StringColumn string(String s) {
    return StringColumn.of(ByteText.encode(s));
  }

  private byte[] quoted() {
    var out = new StringBuilder();
    for (at++; text.charAt(at) != '\''; at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = text.charAt(++at);
      switch (c) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case '0' -> out.append('\0');
        case 'x' -> {
          int b = Integer.parseInt(text.substring(at + 1, at + 3), 16);
          out.append(b < 128 ? (char) b : (char) (0xDC00 + b));
          at += 2;
        }
        case '\\', '\'', '/' -> out.append(c);
        default -> out.append('\\').append(c);
      }
    }
    at++;
    return ByteText.encode(out.toString());
  }

  private Expr number() {
    int from = at;
    at++;
    while (at < text.length()
        && (Character.isDigit(text.charAt(at))
            || text.charAt(at) == 'e'
            || text.charAt(at) == '.' && Character.isDigit(text.charAt(at + 1))
            || text.charAt(at) == '-' && text.charAt(at - 1) == 'e')) {
      at++;
    }
    String s = text.substring(from, at);
    if (s.contains(".") || s.contains("e")) {
      return literal(FloatType.FLOAT64, Float64Column.of(Double.parseDouble(s)), false);
    }
    long v = s.startsWith("-") ? Long.parseLong(s) : Long.parseUnsignedLong(s);
    boolean negative = s.startsWith("-") && v != 0;
    int bytes =
        negative
            ? v >= -128 ? 1 : v >= -32768 ? 2 : v >= Integer.MIN_VALUE ? 4 : 8
            : v < 0 ? 8 : v < 256 ? 1 : v < 65536 ? 2 : v < 1L << 32 ? 4 : 8;
    Column c =
        switch (bytes) {
          case 1 -> Int8Column.of((byte) v);
          case 2 -> Int16Column.of((short) v);
          case 4 -> Int32Column.of((int) v);
          default -> Int64Column.of(v);
        };
    return literal(IntegerType.of(bytes, negative), c, false);
  }

  private Expr literal(DataType type, Column value, boolean alwaysConstant) {
    if (!columns || alwaysConstant) {
      return new Expr.Constant(value, type);
    }
    inputs.add(value);
    return new Expr.Input(inputs.size() - 1, type);
  }

  private List<Expr> arguments(char close) {
    List<Expr> list = new ArrayList<>();
    if (peek() == close) {
      at++;
      return list;
    }
    while (true) {
      list.add(expression(0));
      if (peek() == ',') {
        at++;
        if (peek() == close) {
          at++;
          return list;
        }
      } else {
        expect(close);
        return list;
      }
    }
  }

  private Expr called(String name) {
    LambdaText lambda = lambda();
    if (lambda == null) {
      return call(name, arguments(')'));
    }
    at = lambda.to;
    List<Expr> rest = new ArrayList<>();
    if (peek() == ',') {
      at++;
      rest = arguments(')');
    } else {
      expect(')');
    }
    int after = at;
    List<Argument> types = rest.stream().map(Expr::asArgument).toList();
    var factory = (HigherOrderFactory) Functions.factory(name);
    List<DataType> parameters = factory.lambdaParameters(types, lambda.parameters.size());
    Map<String, Expr> outer = names;
    names = new LinkedHashMap<>(outer);
    for (int i = 0; i < parameters.size(); i++) {
      names.put(lambda.parameters.get(i), new Expr.Input(i, parameters.get(i)));
    }
    at = lambda.from;
    var body = new ExpressionReader(text, context, false);
    body.names = names;
    body.at = at;
    Expr inside = body.expression(0);
    names = outer;
    at = after;
    var function = factory.resolve(inside.type(), types, context);
    return new Expr.HigherOrder(
        name, function, new Expr.LambdaBody(parameters, inside, List.of()), rest);
  }

  /** A lambda at this place, not consumed. */
  private LambdaText lambda() {
    int from = at;
    int p = at;
    List<String> parameters = new ArrayList<>();
    var m =
        java.util.regex.Pattern.compile("\\s*(?:\\(([a-z_, ]+)\\)|([a-z_]+))\\s*->")
            .matcher(text)
            .region(at, text.length());
    if (!m.lookingAt()) {
      return null;
    }
    for (String s : (m.group(1) != null ? m.group(1) : m.group(2)).split(",")) {
      parameters.add(s.trim());
    }
    p = m.end();
    int depth = 0;
    int end = p;
    for (; end < text.length(); end++) {
      char c = text.charAt(end);
      if (c == '\'') {
        end = text.indexOf('\'', end + 1);
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        if (depth-- == 0) {
          break;
        }
      } else if (c == ',' && depth == 0) {
        break;
      }
    }
    at = from;
    return new LambdaText(parameters, p, end);
  }

  private Expr call(String name, List<Expr> arguments) {
    var function =
        Functions.resolve(name, arguments.stream().map(Expr::asArgument).toList(), context);
    var call = new Expr.Call(name, function, arguments);
    boolean constant = arguments.stream().allMatch(a -> a instanceof Expr.Constant);
    if (constant && function.isDeterministic()) {
      return new Expr.Constant(Program.constant(call), call.type());
    }
    return call;
  }

  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException("expected " + c + " at " + at + " of " + text);
    }
    at++;
  }

  /** The value of an expression over {@code rows} rows, literals repeated. */
  static Column evaluate(Expr e, ExpressionReader reader, int rows) {
    Column[] in =
        reader.inputs.stream().map(c -> new ConstColumn(c, rows).full()).toArray(Column[]::new);
    return new Program(List.of(e)).evaluateSingle(in, rows).full();
  }
}
