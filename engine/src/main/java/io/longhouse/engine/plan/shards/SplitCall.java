package io.longhouse.engine.plan.shards;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.Argument;
import io.longhouse.function.Functions;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.SkippingNulls;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of an aggregate function in two: what shards compute and what is made of it.
 *
 * <p>A function that skips NULLs is asked for as one with a condition, and beside it whether the
 * condition ever held: how versions write a state with NULLs has changed, that of the function
 * itself has not.
 *
 * @param states what shards compute
 * @param mergeNames for each of them the function of its column
 * @param result over the merged columns
 */
record SplitCall(List<Plan.AggregateCall> states, List<String> mergeNames, Expr result) {
  private static final String STATE = "State";
  private static final String SIMPLE = "SimpleState";
  private static final String MERGE = "Merge";
  private static final String IF = "If";

  /** Functions whose states, once written, do not tell several values from one. */
  private static final Set<String> FORGETFUL = Set.of("singleValueOrNull", "singleValueOrNullIf");

  /** Null when its states do not say all that there is to know. */
  static @Nullable SplitCall of(Plan.AggregateCall c, QueryContext context) {
    if (FORGETFUL.contains(c.functionName())) {
      return null;
    }
    try {
      SplitCall split = skipsNulls(c) ? withCondition(c, context) : plain(c);
      return split.result.type().equals(c.type()) ? split : null;
    } catch (LonghouseException e) {
      // A function without states, or none of this name with them.
      return null;
    }
  }

  private static boolean skipsNulls(Plan.AggregateCall c) {
    return c.function() instanceof SkippingNulls
        && !c.functionName().endsWith(STATE)
        && !c.functionName().endsWith(MERGE)
        && c.arguments().stream()
            .noneMatch(a -> NullableType.strip(a.type()) instanceof NothingType);
  }

  private static SplitCall plain(Plan.AggregateCall c) {
    String name = c.functionName();
    // What has been a function of states already stays one.
    String bare =
        name.endsWith(SIMPLE)
            ? name.substring(0, name.length() - SIMPLE.length())
            : name.endsWith(STATE) ? name.substring(0, name.length() - STATE.length()) : name;
    String tail = name.substring(bare.length());
    String merge = (bare.endsWith(MERGE) ? bare : bare + MERGE) + tail;
    Plan.AggregateCall state = call(bare + STATE, c, c.arguments());
    return new SplitCall(List.of(state), List.of(merge), merged(merge, state, 0));
  }

  private static SplitCall withCondition(Plan.AggregateCall c, QueryContext context) {
    boolean conditional = c.functionName().endsWith(IF);
    String bare =
        conditional
            ? c.functionName().substring(0, c.functionName().length() - IF.length())
            : c.functionName();
    int values = conditional ? c.arguments().size() - 1 : c.arguments().size();
    List<Expr> arguments = new ArrayList<>();
    List<Expr> conditions = new ArrayList<>();
    if (conditional) {
      conditions.add(truth(c.arguments().getLast(), context));
    }
    for (Expr a : c.arguments().subList(0, values)) {
      boolean nullable = a.type() instanceof NullableType;
      arguments.add(nullable ? function("assumeNotNull", context, a) : a);
      if (nullable) {
        conditions.add(function("isNotNull", context, a));
      }
    }
    Expr condition =
        conditions.size() == 1
            ? conditions.getFirst()
            : function("and", context, conditions.toArray(Expr[]::new));
    arguments.add(condition);
    Plan.AggregateCall state = call(bare + IF + STATE, c, arguments);
    String merge = bare + IF + MERGE;
    Expr value = merged(merge, state, 0);
    if (value.type().equals(c.type())) {
      return new SplitCall(List.of(state), List.of(merge), value);
    }
    Plan.AggregateCall held = call("max", null, List.of(condition));
    Expr none =
        new Expr.Constant(
            NullableType.orSame(NothingType.TYPE).defaultValue(),
            NullableType.orSame(NothingType.TYPE));
    Expr result = function("if", context, new Expr.Input(1, held.type()), value, none);
    return new SplitCall(List.of(state, held), List.of(merge, "max"), result);
  }

  private static Expr truth(Expr condition, QueryContext context) {
    return condition.type() instanceof NullableType
        ? function(
            "ifNull",
            context,
            condition,
            new Expr.Constant(IntegerType.UINT8.defaultValue(), IntegerType.UINT8))
        : condition;
  }

  private static Expr function(String name, QueryContext context, Expr... arguments) {
    List<Expr> all = List.of(arguments);
    return new Expr.Call(
        name, Functions.resolve(name, all.stream().map(Expr::asArgument).toList(), context), all);
  }

  private static Expr merged(String merge, Plan.AggregateCall state, int place) {
    return new Expr.Input(place, merge(merge, state, 0).type());
  }

  /** The merging call of the column of a state. */
  Plan.AggregateCall merge(int state, int column) {
    return merge(mergeNames.get(state), states.get(state), column);
  }

  private static Plan.AggregateCall merge(String name, Plan.AggregateCall state, int column) {
    return call(name, state, List.of(new Expr.Input(column, state.type())));
  }

  /**
   * @param like the call whose parameters it has; null for none
   */
  private static Plan.AggregateCall call(
      String name, Plan.@Nullable AggregateCall like, List<Expr> arguments) {
    List<Argument> parameters = like == null ? List.of() : like.parameters();
    List<DataType> types = arguments.stream().map(Expr::type).toList();
    AggregateFunction f = Aggregates.resolve(name, parameters, types);
    String written = like == null ? "[]" : like.name().substring(like.functionName().length());
    return new Plan.AggregateCall(name + written, f, parameters, arguments);
  }
}
