package io.longhouse.engine.plan.shards;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation in two: each shard makes states of its rows, the server that was asked merges
 * them. Grouping sets, HAVING and totals are of the second, over states of all keys together.
 *
 * @param states over the rows, with all keys and no grouping sets
 * @param merges the aggregation's results of the rows of {@code states} of all shards
 */
record SplitAggregate(Plan.Aggregate states, List<Expr> keys, List<Plan.AggregateCall> merges) {
  private static final String STATE = "State";
  private static final String MERGE = "Merge";

  /** Functions whose states, once written, do not tell several values from one. */
  private static final Set<String> FORGETFUL = Set.of("singleValueOrNull", "singleValueOrNullIf");

  /** Null when the states of a function do not say all that there is to know. */
  static @Nullable SplitAggregate of(Plan.Aggregate a) {
    if (a.aggregates().stream().anyMatch(c -> FORGETFUL.contains(c.functionName()))) {
      return null;
    }
    List<Header.Field> fields = new ArrayList<>();
    List<Expr> keys = new ArrayList<>();
    for (int i = 0; i < a.keys().size(); i++) {
      Expr key = a.keys().get(i);
      fields.add(new Header.Field(a.header().name(i), key.type()));
      keys.add(new Expr.Input(i, key.type()));
    }
    List<Plan.AggregateCall> states = new ArrayList<>();
    List<Plan.AggregateCall> merges = new ArrayList<>();
    for (Plan.AggregateCall c : a.aggregates()) {
      Plan.AggregateCall state = state(c);
      Plan.AggregateCall merge = state == null ? null : merge(c, state.type(), fields.size());
      if (state == null || merge == null || !merge.type().equals(c.type())) {
        return null;
      }
      fields.add(new Header.Field(state.name(), state.type()));
      states.add(state);
      merges.add(merge);
    }
    var below =
        new Plan.Aggregate(a.input(), a.keys(), List.of(), states, null, false, new Header(fields));
    return new SplitAggregate(below, keys, merges);
  }

  /** The aggregation over the states of all shards. */
  Plan.Aggregate merged(Plan.Aggregate a, Plan all) {
    return new Plan.Aggregate(
        all, keys, a.groupingSets(), merges, a.having(), a.totals(), a.header());
  }

  private static Plan.@Nullable AggregateCall state(Plan.AggregateCall c) {
    String name = c.functionName();
    if (name.endsWith("SimpleState")) {
      name = name.substring(0, name.length() - "SimpleState".length());
    }
    return resolved(
        name.endsWith(STATE) ? name : name + STATE,
        c,
        c.arguments().stream().map(Expr::type).toList(),
        c.arguments());
  }

  /** What has been a function of states already stays one. */
  private static Plan.@Nullable AggregateCall merge(
      Plan.AggregateCall c, DataType state, int column) {
    String name = c.functionName();
    String merge =
        name.endsWith("SimpleState")
            ? name.substring(0, name.length() - "SimpleState".length()) + MERGE + "SimpleState"
            : name.endsWith(STATE)
                ? name.substring(0, name.length() - STATE.length()) + MERGE + STATE
                : name.endsWith(MERGE) ? name : name + MERGE;
    return resolved(merge, c, List.of(state), List.of(new Expr.Input(column, state)));
  }

  private static Plan.@Nullable AggregateCall resolved(
      String name, Plan.AggregateCall c, List<DataType> types, List<Expr> arguments) {
    try {
      AggregateFunction f = Aggregates.resolve(name, c.parameters(), types);
      String key = name + c.name().substring(c.functionName().length());
      return new Plan.AggregateCall(key, f, c.parameters(), arguments);
    } catch (LonghouseException e) {
      return null;
    }
  }
}
