package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.Argument;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.window.WindowFrame;
import io.longhouse.function.window.WindowFunction;
import io.longhouse.function.window.WindowFunctionFactory;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The window functions of one SELECT. Calls with the same partition, order and frame share a step;
 * every step puts its results behind the columns that are there.
 */
final class WindowCalls {
  private final SelectAnalysis analysis;
  private final List<Call> calls = new ArrayList<>();

  /** A key of the order. */
  private record OrderKey(Expr expression, boolean descending, boolean nullsFirst) {}

  /** What stands behind OVER, its frame null where none is named. */
  private record Spec(List<Expr> partitionBy, List<OrderKey> orderBy, @Nullable WindowFrame frame) {
    WindowFrame effectiveFrame() {
      return frame == null ? WindowFrame.UP_TO_CURRENT : frame;
    }

    /** Functions whose frame is the same whether named or not share a step. */
    Spec shared() {
      return new Spec(partitionBy, orderBy, effectiveFrame());
    }
  }

  private record Call(Plan.WindowCall call, Spec spec) {}

  WindowCalls(SelectAnalysis analysis) {
    this.analysis = analysis;
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** Notes a call; answers the input that stands for its result. */
  Expr add(FunctionCall f) {
    Window window = f.window();
    if (window == null) {
      throw new IllegalArgumentException("no window");
    }
    Spec spec = spec(window);
    Plan.WindowCall call = resolve(f, spec);
    for (int k = 0; k < calls.size(); k++) {
      Call known = calls.get(k);
      if (known.spec.equals(spec)
          && known.call.name().equals(call.name())
          && known.call.arguments().equals(call.arguments())) {
        return new Expr.Input(Rewrite.WINDOW + k, call.type());
      }
    }
    calls.add(new Call(call, spec));
    return new Expr.Input(Rewrite.WINDOW + calls.size() - 1, call.type());
  }

  private Plan.WindowCall resolve(FunctionCall f, Spec spec) {
    String name = analysis.analyzer.aggregateName(f);
    WindowFunctionFactory factory = Registry.of(WindowFunctionFactory.class).find(name);
    if (factory == null) {
      Plan.AggregateCall a = analysis.aggregateCall(f);
      return new Plan.WindowAggregateCall(a.name(), a.function(), a.arguments());
    }
    List<Argument> parameters = new ArrayList<>();
    List<Expression> written = f.parameters() == null ? List.of() : f.parameters();
    for (Expression p : written) {
      parameters.add(analysis.expressions.resolve(p, analysis).asArgument());
    }
    List<Expr> arguments = new ArrayList<>();
    for (Expr e : analysis.expressions.arguments(f.arguments(), analysis)) {
      arguments.add(e);
    }
    WindowFunction function =
        factory.resolve(
            parameters,
            arguments.stream().map(WindowCalls::plain).toList(),
            !spec.orderBy.isEmpty(),
            spec.frame);
    for (int i = 0; i < function.argumentTypes().size(); i++) {
      DataType wanted = function.argumentTypes().get(i);
      Expr e = arguments.get(i);
      if (!LowCardinalityType.strip(e.type()).equals(wanted)) {
        arguments.set(
            i, analysis.expressions.call("_CAST", e, Literals.constant(Literal.of(wanted.name()))));
      }
    }
    String key =
        name + written.stream().map(io.longhouse.sql.format.Formatter::formatOneLine).toList();
    return new Plan.WindowFunctionCall(
        key, function, arguments.subList(0, function.argumentTypes().size()));
  }

  private static Argument plain(Expr e) {
    Argument a = e.asArgument();
    return new Argument(
        LowCardinalityType.strip(a.type()), a.constant() == null ? null : a.constant().plain());
  }

  private Spec spec(Window window) {
    return switch (window) {
      case Window.Reference r -> spec(named(r.name()));
      case Window.Definition d -> {
        String parent = d.parent();
        Spec inherited =
            parent == null ? new Spec(List.of(), List.of(), null) : spec(named(parent));
        List<Expr> partition = new ArrayList<>(inherited.partitionBy);
        d.partitionBy().forEach(e -> partition.add(analysis.resolve(e)));
        List<OrderKey> order = new ArrayList<>();
        d.orderBy().forEach(i -> order.add(key(i)));
        Window.Frame frame = d.frame();
        yield new Spec(
            partition,
            order.isEmpty() ? inherited.orderBy : order,
            frame == null ? inherited.frame : frame(frame));
      }
    };
  }

  /** The window of the WINDOW clause that has this name. */
  Window.Definition named(String name) {
    for (Window.Named n : analysis.select.windows()) {
      if (n.name().equals(name)) {
        return n.definition();
      }
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Window '" + name + "' does not exist. In scope " + analysis.describe());
  }

  private OrderKey key(OrderItem item) {
    return new OrderKey(
        analysis.resolve(item.expression()),
        item.direction() == OrderItem.Direction.DESC,
        item.nulls() == OrderItem.Nulls.FIRST);
  }

  private WindowFrame frame(Window.Frame f) {
    WindowFrame.Unit unit = WindowFrame.Unit.valueOf(f.unit().name());
    long begin = offset(f.begin(), f.unit(), "start");
    long end = offset(f.end(), f.unit(), "end");
    if (begin == Long.MAX_VALUE || end == Long.MIN_VALUE || begin > end) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Frame start offset "
              + text(begin)
              + " does not precede the frame end offset "
              + text(end)
              + ".");
    }
    return new WindowFrame(unit, begin, end);
  }

  private static String text(long offset) {
    return offset == Long.MIN_VALUE
        ? "UNBOUNDED PRECEDING"
        : offset == Long.MAX_VALUE
            ? "UNBOUNDED FOLLOWING"
            : offset == 0
                ? "CURRENT ROW"
                : offset < 0 ? -offset + " PRECEDING" : offset + " FOLLOWING";
  }

  private long offset(Window.Bound b, Window.Frame.Unit unit, String which) {
    return switch (b.kind()) {
      case UNBOUNDED_PRECEDING -> Long.MIN_VALUE;
      case UNBOUNDED_FOLLOWING -> Long.MAX_VALUE;
      case CURRENT_ROW -> 0;
      case PRECEDING -> -number(b, unit, which);
      case FOLLOWING -> number(b, unit, which);
    };
  }

  private long number(Window.Bound b, Window.Frame.Unit unit, String which) {
    Expression written = b.offset();
    Expr e = written == null ? null : analysis.expressions.resolve(written, analysis);
    if (!(e instanceof Expr.Constant c)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Window frame "
              + (which.equals("start") ? "begin" : which)
              + " OFFSET expression must be constant with numeric type. In scope "
              + analysis.describe());
    }
    String value = c.type().textOf(c.value(), 0);
    if (c.type() instanceof IntegerType && !value.startsWith("-") && value.length() <= 10) {
      long n = Long.parseLong(value);
      if (n <= Integer.MAX_VALUE) {
        return n;
      }
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Frame "
            + which
            + " offset for '"
            + unit
            + "' frame must be a nonnegative 32-bit integer, '"
            + value
            + "' of type '"
            + c.type()
            + "' given.");
  }

  /**
   * The steps that compute all calls.
   *
   * @param rebase from an expression as it was resolved to the input's columns
   * @param after takes where each call's result stands
   */
  Plan plan(Plan input, UnaryOperator<Expr> rebase, Rewrite after) {
    Map<Spec, List<Integer>> bySpec = new LinkedHashMap<>();
    for (int k = 0; k < calls.size(); k++) {
      bySpec.computeIfAbsent(calls.get(k).spec.shared(), _ -> new ArrayList<>()).add(k);
    }
    Plan plan = input;
    for (Map.Entry<Spec, List<Integer>> e : bySpec.entrySet()) {
      plan = step(plan, e.getKey(), e.getValue(), rebase, after);
    }
    return plan;
  }

  private Plan step(
      Plan input, Spec spec, List<Integer> members, UnaryOperator<Expr> rebase, Rewrite after) {
    List<Expr> columns = new ArrayList<>(Plan.allColumns(input.header()));
    List<Header.Field> fields = new ArrayList<>(input.header().fields());
    List<Integer> partition = new ArrayList<>();
    for (Expr p : spec.partitionBy) {
      partition.add(place(based(p, rebase), columns, fields));
    }
    List<Plan.SortKey> order = new ArrayList<>();
    for (OrderKey k : spec.orderBy) {
      int at = place(based(k.expression, rebase), columns, fields);
      order.add(new Plan.SortKey(at, k.descending, k.nullsFirst, null));
    }
    Plan plan =
        columns.size() == input.header().size()
            ? input
            : new Plan.Project(input, columns, new Header(fields));
    List<Plan.WindowCall> own = new ArrayList<>();
    for (int k : members) {
      Plan.WindowCall call = calls.get(k).call;
      List<Expr> arguments = call.arguments().stream().map(a -> based(a, rebase)).toList();
      own.add(
          switch (call) {
            case Plan.WindowAggregateCall a ->
                new Plan.WindowAggregateCall(a.name(), a.function(), arguments);
            case Plan.WindowFunctionCall f ->
                new Plan.WindowFunctionCall(f.name(), f.function(), arguments);
          });
      after.computed(new Expr.Input(Rewrite.WINDOW + k, call.type()), fields.size());
      fields.add(new Header.Field(call.name(), call.type()));
    }
    return new Plan.Window(plan, partition, order, spec.effectiveFrame(), own, new Header(fields));
  }

  private static Expr based(Expr e, UnaryOperator<Expr> rebase) {
    Expr r = rebase.apply(e);
    if (Rewrite.has(r, Rewrite.ARRAY)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "arrayJoin inside a window function is not implemented");
    }
    if (Rewrite.has(r, Rewrite.WINDOW)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_AGGREGATION, "Window function is found inside window definition");
    }
    return r;
  }

  private static int place(Expr e, List<Expr> columns, List<Header.Field> fields) {
    int at = columns.indexOf(e);
    if (at < 0) {
      at = columns.size();
      columns.add(e);
      fields.add(new Header.Field("window" + at, e.type()));
    }
    return at;
  }
}
