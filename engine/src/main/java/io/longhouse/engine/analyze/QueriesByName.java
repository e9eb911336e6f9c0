package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.View;
import io.longhouse.function.expr.Expr;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans of the queries that names in FROM stand for: those of WITH, views, views with parameters.
 * Knows which of them are being analysed, so that none is read inside of itself.
 */
final class QueriesByName {
  private final Analyzer analyzer;
  private final RecursiveQueries recursions;
  private final Deque<String> open = new ArrayDeque<>();

  QueriesByName(Analyzer analyzer, Queries queries) {
    this.analyzer = analyzer;
    this.recursions = new RecursiveQueries(analyzer, queries);
  }

  /**
   * A query of WITH is seen by itself only when it is recursive.
   *
   * @param scope what it sees; null for no columns of any query around
   */
  Plan with(Frame.NamedQuery q, @Nullable Frame scope) {
    Frame seen = scope != null ? scope : new DerivedFrame(q.scope(), null);
    if (RecursiveQueries.isRecursive(q)) {
      return recursions.plan(q, seen);
    }
    String mark = "with " + q.name();
    if (open.contains(mark)) {
      return analyzer.subquery(analyzer.selectAll(Identifier.of(q.name())), null);
    }
    open.push(mark);
    try {
      return analyzer.subquery(q.query(), seen);
    } finally {
      open.pop();
    }
  }

  /** The view that a call in FROM means, {@code view(parameter = value)}; null for none. */
  @Nullable View parameterized(FunctionCall call) {
    boolean isFunction = Registry.of(TableFunction.class).entry(call.name()) != null;
    int dot = call.name().indexOf('.');
    Table t =
        isFunction
            ? null
            : dot < 0
                ? analyzer.tables().find(null, call.name())
                : analyzer
                    .tables()
                    .find(call.name().substring(0, dot), call.name().substring(dot + 1));
    return t instanceof View v && v.columns().isEmpty() ? v : null;
  }

  /** The rows of a parameterized view for the values of its parameters. */
  Plan view(View v, FunctionCall call, Frame frame) {
    Map<String, String> values = new HashMap<>();
    for (Expression e : call.arguments()) {
      if (!(e.bare() instanceof FunctionCall f)
          || !f.name().equals("equals")
          || !(f.arguments().getFirst().bare() instanceof Identifier parameter)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS,
            "Arguments of a parameterized view have the form name = value");
      }
      var arguments = new TableFunctionArguments(analyzer, frame);
      values.put(parameter.name(), arguments.text(f.arguments().get(1)));
    }
    return analyzer
        .values()
        .afresh(() ->
            analyzer.secured(
                inside(
                    v,
                    () ->
                        analyzer
                            .expressions()
                            .with(values, () -> analyzer.subquery(v.query(), null))),
                v));
  }

  /** The rows of a view. */
  Plan view(View v) {
    if (v.columns().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.EMPTY_LIST_OF_COLUMNS_QUERIED,
          "View " + v.id() + " has parameters and is read as a function of them");
    }
    Plan plan = inside(v, () -> analyzer.subquery(v.query(), null));
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ColumnDefinition c : v.columns()) {
      if (c.isStored()) {
        types.add(c.type());
        names.add(c.name());
      }
    }
    for (ColumnDefinition c : v.virtualColumns()) {
      types.add(c.type());
      names.add(c.name());
    }
    return byName(plan, names, types);
  }

  /** A view's query is read as whom the view says. */
  private Plan inside(View v, Supplier<Plan> query) {
    String mark = "view " + v.id();
    if (open.contains(mark)) {
      throw new LonghouseException(
          ErrorCode.TOO_DEEP_RECURSION, "View " + v.id() + " depends on itself");
    }
    open.push(mark);
    SessionAccess outside = analyzer.access();
    SessionAccess reader = Definers.of(v, outside);
    analyzer.readingAs(reader);
    try {
      // The same text means another value to somebody else.
      return reader == outside ? query.get() : analyzer.values().afresh(query);
    } finally {
      analyzer.readingAs(outside);
      open.pop();
    }
  }

  /** A view's columns are found in its query by their names. */
  private Plan byName(Plan plan, List<String> names, List<DataType> types) {
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int at = plan.header().indexOf(names.get(i));
      if (at < 0) {
        return analyzer.converted(plan, types, names);
      }
      columns.add(analyzer.cast(new Expr.Input(at, plan.header().type(at)), types.get(i)));
    }
    return new Plan.Project(plan, columns, Plan.headerOf(names, columns));
  }
}
