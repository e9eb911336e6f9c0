package io.longhouse.engine.plan.shards;

import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation in two: each shard makes states of its rows, the server that was asked merges
 * them. Grouping sets, HAVING and totals are of the second, over states of all keys together.
 *
 * @param states over the rows, with all keys and no grouping sets
 * @param merges what is made of the columns of {@code states} behind the keys
 * @param results for each call of the whole aggregation its value, over the columns of {@code
 *     merges} alone
 */
record SplitAggregate(Plan.Aggregate states, List<Plan.AggregateCall> merges, List<Expr> results) {

  /** Null when the states of a function do not say all that there is to know. */
  static @Nullable SplitAggregate of(Plan.Aggregate a, QueryContext context) {
    List<Header.Field> fields = new ArrayList<>(a.header().fields().subList(0, a.keys().size()));
    List<Plan.AggregateCall> states = new ArrayList<>();
    List<Plan.AggregateCall> merges = new ArrayList<>();
    List<Expr> results = new ArrayList<>();
    for (Plan.AggregateCall c : a.aggregates()) {
      SplitCall split = SplitCall.of(c, context);
      if (split == null) {
        return null;
      }
      int first = merges.size();
      for (int i = 0; i < split.states().size(); i++) {
        Plan.AggregateCall state = split.states().get(i);
        merges.add(split.merge(i, fields.size()));
        states.add(state);
        fields.add(new Header.Field(state.name(), state.type()));
      }
      results.add(Exprs.shift(split.result(), first));
    }
    var below =
        new Plan.Aggregate(a.input(), a.keys(), List.of(), states, null, false, new Header(fields));
    return new SplitAggregate(below, merges, results);
  }

  /** The aggregation over the states of all shards. */
  Plan merged(Plan.Aggregate a, Plan all) {
    List<Expr> keys = new ArrayList<>();
    for (int i = 0; i < a.keys().size(); i++) {
      keys.add(new Expr.Input(i, a.keys().get(i).type()));
    }
    int first = a.header().size() - a.aggregates().size();
    List<Header.Field> fields = new ArrayList<>(a.header().fields().subList(0, first));
    List<Expr> columns = new ArrayList<>(Plan.allColumns(a.header()).subList(0, first));
    merges.forEach(m -> fields.add(new Header.Field(m.name(), m.type())));
    results.forEach(r -> columns.add(Exprs.shift(r, first)));
    var header = new Header(fields);
    boolean asIs = columns.equals(Plan.allColumns(header));
    var merged =
        new Plan.Aggregate(
            all,
            keys,
            a.groupingSets(),
            merges,
            a.having() == null ? null : Exprs.substitute(a.having(), columns),
            a.totals(),
            asIs ? a.header() : header);
    return asIs ? merged : new Plan.Project(merged, columns, a.header());
  }
}
