package io.longhouse.engine.analyze;

import io.longhouse.column.Header;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.plan.Conditions;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Select;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the steps of one SELECT in their order, each expression based on the step before it. */
final class SelectPlanner {
  private final SelectAnalysis analysis;
  private final Select select;
  private Plan plan;
  private final SubqueryJoins subqueries;
  private final Set<Integer> joinedArrays = new LinkedHashSet<>();

  /** From an expression as it was resolved to the current plan's columns. */
  private final List<Rewrite> rewrites = new ArrayList<>();

  SelectPlanner(SelectAnalysis analysis) {
    this.analysis = analysis;
    this.select = analysis.select;
    this.plan = analysis.relation().plan();
    this.subqueries = new SubqueryJoins(analysis.expressions);
  }

  private Expr rebase(Expr e) {
    Expr r = e;
    for (Rewrite w : rewrites) {
      r = w.apply(r);
    }
    return r;
  }

  Plan plan() {
    List<Expr> filters = new ArrayList<>();
    Expr before = null;
    if (select.prewhere() instanceof Expression p) {
      before = condition(analysis.resolve(p, false), "PREWHERE");
      if (Rewrite.has(before, Rewrite.ARRAY)) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_PREWHERE, "PREWHERE cannot contain ARRAY JOIN action");
      }
    }
    if (select.where() instanceof Expression w) {
      filters.add(condition(analysis.resolve(w, false), "WHERE"));
    }
    Grouping.GroupKeys keys = analysis.grouping.keys();
    List<SelectAnalysis.Output> outputs = analysis.outputs();
    Expr having = select.having() instanceof Expression h ? analysis.resolve(h, true) : null;
    Expr qualify = select.qualify() instanceof Expression q ? analysis.resolve(q, true) : null;
    checkGrouping();
    var order = new OrderAnalysis(analysis, outputs);
    rewrites.add(new Rewrite(null));
    if (before != null) {
      prewhere(before);
    }
    filters.forEach(this::filter);
    ShardQuery shard = analysis.shard;
    ShardQuery mergeable = shard != null && shard.isMergeable() ? shard : null;
    if (select.groupBy() != null || !analysis.aggregates.isEmpty()) {
      if (mergeable != null) {
        return states(keys, mergeable);
      }
      aggregate(keys, having);
    } else if (having != null) {
      filter(having);
    }
    if (mergeable != null && !analysis.windows.isEmpty()) {
      return windowInputs(mergeable);
    }
    outputs.forEach(o -> joinArraysOf(o.expr()));
    order.expressions().forEach(this::joinArraysOf);
    if (!analysis.windows.isEmpty()) {
      var last = new Rewrite(null);
      plan = analysis.windows.plan(plan, this::rebase, last);
      rewrites.add(last);
    }
    if (qualify != null) {
      filter(qualify);
    }
    return shard == null
        ? finish(outputs, outputs.size(), order)
        : finishShare(outputs, order, shard);
  }

  /** Sub-queries with a value for each row are looked up for the rows that the rest leaves. */
  private void filter(Expr condition) {
    List<Expr> last = new ArrayList<>();
    if (Rewrite.has(condition, Rewrite.SUBQUERY)) {
      for (Expr c : Conditions.conjunctsOf(condition)) {
        if (Rewrite.has(c, Rewrite.SUBQUERY)) {
          last.add(c);
        } else {
          only(base(c));
        }
      }
    } else {
      only(base(condition));
    }
    for (Expr c : last) {
      boolean negated = c instanceof Expr.Call n && n.name().equals("not");
      Expr mark = negated ? c.children().getFirst() : c;
      Subplan s = mark instanceof Expr.Input i ? pending(i) : null;
      if (s != null && s.isExists()) {
        List<Expr> captured = s.captures().stream().map(this::base).toList();
        plan = subqueries.only(plan, s, captured, negated);
      } else {
        only(base(c));
      }
    }
  }

  /** Leaves the rows of the plan as it is now, all that the condition needs joined to it. */
  private void only(Expr condition) {
    plan = new Plan.Filter(plan, condition);
  }

  private @Nullable Subplan pending(Expr.Input mark) {
    int at = mark.index() - Rewrite.SUBQUERY;
    return at >= 0 && at < analysis.subqueries.size() ? analysis.subqueries.get(at) : null;
  }

  /** The expression over the plan's columns, to which what it needs is joined first. */
  private Expr base(Expr e) {
    joinArraysOf(e);
    Expr based = rebase(e);
    while (Rewrite.has(based, Rewrite.SUBQUERY)) {
      joinSubqueriesOf(based);
      based = rebase(e);
    }
    return based;
  }

  private void joinSubqueriesOf(Expr e) {
    if (e instanceof Expr.Input i && pending(i) instanceof Subplan s) {
      List<Expr> captured = s.captures().stream().map(this::base).toList();
      SubqueryJoins.WithValue joined = subqueries.value(plan, s, captured);
      plan = joined.plan();
      rewrites.getLast().computed(i, joined.place());
    }
    e.children().forEach(this::joinSubqueriesOf);
  }

  /** With FINAL it is asked before rows of equal keys are merged, else first of all. */
  private void prewhere(Expr e) {
    if (plan instanceof Plan.Scan s && s.request().isFinal() && !s.request().guarded()) {
      Expr condition = base(e);
      plan = new Plan.Scan(s.table(), s.request().withPrewhere(condition), s.header());
    } else {
      filter(e);
    }
  }

  /** What ClickHouse does not do with WITH TOTALS, ROLLUP and CUBE. */
  private void checkGrouping() {
    GroupBy g = select.groupBy();
    if (g == null) {
      return;
    }
    boolean supersets = g.kind() == GroupBy.Kind.ROLLUP || g.kind() == GroupBy.Kind.CUBE;
    boolean noKeys = g.kind() == GroupBy.Kind.NONE || supersets && g.keys().isEmpty();
    if (noKeys && analysis.aggregates.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "WITH TOTALS, ROLLUP or CUBE are not supported without aggregation");
    }
    if (supersets && g.totals() && select.having() != null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "WITH TOTALS and WITH ROLLUP or CUBE are not supported together in presence of HAVING");
    }
  }

  private Expr condition(Expr e, String clause) {
    var type =
        io.longhouse.column.type.NullableType.strip(
            io.longhouse.column.type.LowCardinalityType.strip(e.type()));
    boolean fits =
        type instanceof IntegerType
            || type instanceof io.longhouse.column.type.BoolType
            || type instanceof io.longhouse.column.type.NothingType
            || type instanceof io.longhouse.column.type.FloatType;
    if (!fits) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER,
          "Invalid type for filter in " + clause + ": " + e.type().name());
    }
    return e;
  }

  /** Adds the array joins that an expression needs and that can be done now. */
  private void joinArraysOf(Expr e) {
    for (int k = 0; k < analysis.arrayJoins.size(); k++) {
      Expr mark = new Expr.Input(Rewrite.ARRAY + k, analysis.arrayJoins.get(k).element());
      if (!joinedArrays.contains(k) && contains(e, mark)) {
        joinArray(k, mark);
      }
    }
  }

  private static boolean contains(Expr e, Expr wanted) {
    return e.equals(wanted) || e.children().stream().anyMatch(c -> contains(c, wanted));
  }

  private void joinArray(int k, Expr mark) {
    SelectAnalysis.PendingArrayJoin pending = analysis.arrayJoins.get(k);
    joinArraysOf(pending.array());
    joinedArrays.add(k);
    List<Expr> all = new ArrayList<>(Plan.allColumns(plan.header()));
    int at = all.size();
    all.add(rebase(pending.array()));
    List<Header.Field> fields = new ArrayList<>(plan.header().fields());
    fields.add(new Header.Field("arrayJoin", pending.array().type()));
    Plan projected = new Plan.Project(plan, all, new Header(fields));
    fields.set(at, new Header.Field("arrayJoin", pending.element()));
    plan = new Plan.ArrayJoin(projected, List.of(at), false, new Header(fields));
    rewrites.getLast().computed(mark, at);
  }

  private void aggregate(Grouping.GroupKeys keys, @Nullable Expr having) {
    GroupBy written = select.groupBy();
    if (having != null && written != null && written.totals() && !keys.sets().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "WITH TOTALS and WITH ROLLUP or CUBE are not supported together in presence of HAVING");
    }
    if (written != null
        && written.totals()
        && keys.keys().isEmpty()
        && analysis.aggregates.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "WITH TOTALS, ROLLUP, CUBE or GROUPING SETS are not supported without aggregation");
    }
    keys.keys().forEach(this::base);
    analysis.aggregates.forEach(a -> a.arguments().forEach(this::base));
    List<Expr> rebasedKeys =
        keys.keys().stream()
            .map(this::rebase)
            .map(e -> keys.nullable() ? analysis.analyzer.cast(e, Grouping.nullable(e)) : e)
            .toList();
    List<Plan.AggregateCall> calls = new ArrayList<>();
    for (Plan.AggregateCall a : analysis.aggregates) {
      calls.add(a.of(a.arguments().stream().map(this::rebase).toList()));
    }
    var after = new Rewrite(analysis::columnName);
    List<Header.Field> fields = new ArrayList<>();
    for (int k = 0; k < rebasedKeys.size(); k++) {
      after.computed(
          keys.nullable()
              ? new Expr.Input(Rewrite.KEY + k, rebasedKeys.get(k).type())
              : rebasedKeys.get(k),
          k);
      fields.add(new Header.Field("key" + k, rebasedKeys.get(k).type()));
    }
    if (!keys.sets().isEmpty()) {
      after.computed(SelectAnalysis.groupingSet(), fields.size());
      fields.add(new Header.Field("__grouping_set", IntegerType.UINT64));
    }
    for (int i = 0; i < calls.size(); i++) {
      after.computed(new Expr.Input(Rewrite.AGGREGATE + i, calls.get(i).type()), fields.size());
      fields.add(new Header.Field(calls.get(i).name(), calls.get(i).type()));
    }
    rewrites.add(after);
    boolean later = having != null && Rewrite.has(having, Rewrite.SUBQUERY);
    Expr condition = having == null || later ? null : rebase(having);
    GroupBy g = written;
    plan =
        new Plan.Aggregate(
            plan,
            rebasedKeys,
            keys.sets(),
            calls,
            condition,
            g != null && g.totals(),
            new Header(fields));
    rewrites.add(new Rewrite(null));
    if (having != null && later) {
      if (g != null && g.totals()) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED, "A correlated subquery in HAVING WITH TOTALS");
      }
      filter(having);
    }
  }

  /** A shard's groups: their keys and the states of the aggregate functions. */
  private Plan states(Grouping.GroupKeys keys, ShardQuery shard) {
    boolean sets = select.groupBy() instanceof GroupBy g && g.kind() == GroupBy.Kind.GROUPING_SETS;
    List<Expr> rebasedKeys = new ArrayList<>();
    List<Header.Field> fields = new ArrayList<>();
    for (Expr key : keys.keys()) {
      Expr e = base(key);
      e = sets && keys.nullable() ? analysis.analyzer.cast(e, Grouping.nullable(e)) : e;
      fields.add(new Header.Field("key" + rebasedKeys.size(), e.type()));
      rebasedKeys.add(e);
    }
    var columns = new ShardColumns(analysis, shard);
    if (sets) {
      columns.add("__grouping_set", new Expr.Input(fields.size(), IntegerType.UINT64));
      fields.add(new Header.Field("__grouping_set", IntegerType.UINT64));
    }
    for (Grouping.WrittenKey k : analysis.grouping.written()) {
      int at = keys.keys().indexOf(k.key());
      columns.add(
          k.expression(), at < 0 ? k.key() : new Expr.Input(at, rebasedKeys.get(at).type()));
    }
    List<Plan.AggregateCall> calls = new ArrayList<>();
    for (SelectAnalysis.CalledAggregate c : analysis.called) {
      String name = columns.name(c.call());
      Plan.AggregateCall known = analysis.aggregates.get(c.at());
      List<Expr> arguments = known.arguments().stream().map(this::base).toList();
      var call =
          new Plan.AggregateCall(
              "state of " + known.name(), c.state(), known.parameters(), arguments);
      columns.add(name, new Expr.Input(fields.size(), call.type()));
      fields.add(new Header.Field(name, call.type()));
      calls.add(call);
    }
    if (rebasedKeys.stream().allMatch(Expr.Constant.class::isInstance) && calls.isEmpty()) {
      columns.add("0", Literals.integer(0, 1, false)); // so servers before the analyzer count them
    }
    List<List<Integer>> groupingSets = sets ? keys.sets() : List.of();
    plan =
        new Plan.Aggregate(plan, rebasedKeys, groupingSets, calls, null, false, new Header(fields));
    return project(columns.outputs());
  }

  private Plan project(List<SelectAnalysis.Output> columns) {
    List<Expr> expressions = columns.stream().map(SelectAnalysis.Output::expr).toList();
    List<String> names = columns.stream().map(SelectAnalysis.Output::name).toList();
    return new Plan.Project(plan, expressions, Plan.headerOf(names, expressions));
  }

  /** What the server that asked computes window functions from; it sorts and cuts after that. */
  private Plan windowInputs(ShardQuery shard) {
    var columns = new ShardColumns(analysis, shard);
    select.projection().forEach(columns::addInputs);
    select.orderBy().forEach(i -> columns.addInputs(i.expression()));
    if (select.limitBy() != null) {
      select.limitBy().keys().forEach(columns::addInputs);
    }
    if (select.qualify() instanceof Expression q) {
      columns.addInputs(q);
    }
    List<SelectAnalysis.Output> based = new ArrayList<>();
    for (SelectAnalysis.Output o : columns.outputs()) {
      joinArraysOf(o.expr());
    }
    for (SelectAnalysis.Output o : columns.outputs()) {
      based.add(new SelectAnalysis.Output(base(o.expr()), o.name(), null));
    }
    return project(based);
  }

  /** The rows of a shard, with all that they are sorted and limited by. */
  private Plan finishShare(
      List<SelectAnalysis.Output> outputs, OrderAnalysis order, ShardQuery shard) {
    var columns = new ShardColumns(analysis, shard);
    columns.addOutputs(outputs);
    int shown = columns.outputs().size();
    order.written().forEach(k -> columns.add(k.expression(), k.key()));
    columns.addRowCounters();
    return finish(columns.outputs(), shown, order);
  }

  /**
   * Projection, DISTINCT, ORDER BY, LIMIT BY, WITH FILL and LIMIT.
   *
   * @param distinct by how many of the outputs DISTINCT tells rows apart
   */
  private Plan finish(List<SelectAnalysis.Output> outputs, int distinct, OrderAnalysis order) {
    List<Expr> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SelectAnalysis.Output o : outputs) {
      columns.add(base(o.expr()));
      names.add(o.name());
    }
    int[] places = new int[order.expressions().size()];
    for (int i = 0; i < places.length; i++) {
      Expr e = base(order.expressions().get(i));
      places[i] = columns.indexOf(e);
      if (places[i] < 0) {
        places[i] = columns.size();
        columns.add(e);
        names.add("order" + i);
      }
    }
    plan = new Plan.Project(plan, columns, Plan.headerOf(names, columns));
    plan = order.plan(plan, places, distinct, select.distinct());
    if (columns.size() > outputs.size()) {
      List<Expr> shown = Plan.allColumns(plan.header()).subList(0, outputs.size());
      plan = new Plan.Project(plan, shown, Plan.headerOf(names.subList(0, outputs.size()), shown));
    }
    return plan;
  }
}
