package io.longhouse.engine.plan.shards;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.expr.Expr;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Typed expressions as SQL. Large sets become blocks that are sent beside the query. */
final class ExprWriter {
  /** Elements of a set that are written into the query. */
  private static final int ELEMENTS_MAX = 100;

  /** Calls that are written with their operators. */
  private static final Set<String> OPERATORS =
      Set.of(
          "multiply",
          "divide",
          "modulo",
          "plus",
          "minus",
          "notEquals",
          "lessOrEquals",
          "greaterOrEquals",
          "less",
          "greater",
          "equals",
          "like",
          "ilike",
          "notLike",
          "notILike",
          "isNull",
          "isNotNull",
          "and",
          "or");

  private final int shard;
  private final int shardCount;
  private final SubqueryWriter subqueries;
  private final Map<String, Plan.Values> sent = new LinkedHashMap<>();
  private final Map<ScalarFunction, String> names = new LinkedHashMap<>();
  private int lambdas;

  /** Writes the right side of {@code IN (SELECT ...)} as it is for shards. */
  interface SubqueryWriter {
    io.longhouse.sql.ast.Query write(Plan plan);
  }

  /**
   * @param shard the number of the one that is asked
   */
  ExprWriter(int shard, int shardCount, SubqueryWriter subqueries) {
    this.shard = shard;
    this.shardCount = shardCount;
    this.subqueries = subqueries;
  }

  /** The blocks that the query needs as tables. */
  Map<String, Plan.Values> sent() {
    return sent;
  }

  /**
   * @param inputs what stands for each input
   */
  Expression write(Expr e, List<Expression> inputs) {
    return switch (e) {
      case Expr.Input i -> {
        if (i.index() >= inputs.size()) {
          throw new NotWritten("column " + i.index());
        }
        yield inputs.get(i.index());
      }
      case Expr.Constant c -> ConstantWriter.of(c.value(), c.type());
      case Expr.Call c -> call(c, inputs);
      case Expr.HigherOrder h -> higherOrder(h, inputs);
    };
  }

  List<Expression> writeAll(List<Expr> all, List<Expression> inputs) {
    List<Expression> out = new ArrayList<>();
    for (Expr e : all) {
      out.add(write(e, inputs));
    }
    return out;
  }

  private Expression call(Expr.Call c, List<Expression> inputs) {
    ScalarFunction f = Functions.unwrap(c.function());
    if (f instanceof KnownSet set) {
      return membership(c, set, inputs);
    }
    if (f instanceof ShardSet set) {
      Expression left = write(unconverted(c.arguments().getFirst()), inputs);
      return FunctionCall.operator(
          set.isNegated() ? "notIn" : "in", left, new Subquery(subqueries.write(set.plan())));
    }
    switch (c.name()) {
      case "shardNum" -> {
        return ConstantWriter.cast(Literal.of(shard), c.type());
      }
      case "shardCount" -> {
        return ConstantWriter.cast(Literal.of(shardCount), c.type());
      }
      default -> {}
    }
    List<Expression> arguments = writeAll(c.arguments(), inputs);
    if (c.name().equals("_CAST")) {
      return FunctionCall.call("CAST", arguments);
    }
    if (Registry.of(FunctionFactory.class).entry(c.name()) == null) {
      throw new NotWritten("function " + c.name());
    }
    return OPERATORS.contains(c.name())
        ? FunctionCall.operator(c.name(), arguments)
        : FunctionCall.call(c.name(), arguments);
  }

  /** The left side of IN as it was before it got the set's type, which the shard does itself. */
  private static Expr unconverted(Expr left) {
    return left instanceof Expr.Call c
            && (c.name().equals("accurateCastOrNull") || c.name().equals("_CAST"))
        ? c.arguments().getFirst()
        : left;
  }

  private Expression higherOrder(Expr.HigherOrder h, List<Expression> inputs) {
    List<String> parameters = new ArrayList<>();
    List<Expression> inside = new ArrayList<>();
    for (int i = 0; i < h.lambda().parameters().size(); i++) {
      String name = "__x" + lambdas++;
      parameters.add(name);
      inside.add(Identifier.of(name));
    }
    inside.addAll(writeAll(h.lambda().captures(), inputs));
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new Lambda(parameters, write(h.lambda().body(), inside)));
    arguments.addAll(writeAll(h.arguments(), inputs));
    return FunctionCall.call(h.name(), arguments);
  }

  private Expression membership(Expr.Call c, KnownSet set, List<Expression> inputs) {
    Expression left = write(c.arguments().getFirst(), inputs);
    int size = set.allElements()[0].size();
    Expression right = size > ELEMENTS_MAX || size == 0 ? sent(set) : list(set, size);
    String name = set.hasNulls() ? "nullIn" : "in";
    if (set.isNegated()) {
      name = set.hasNulls() ? "notNullIn" : "notIn";
    }
    return set.hasNulls()
        ? FunctionCall.call(name, left, right)
        : FunctionCall.operator(name, left, right);
  }

  private static Expression list(KnownSet set, int size) {
    List<Expression> elements = new ArrayList<>();
    Column[] columns = set.allElements();
    for (int i = 0; i < size; i++) {
      List<Expression> parts = new ArrayList<>();
      for (int k = 0; k < columns.length; k++) {
        parts.add(ConstantWriter.element(columns[k].plain().full(), i, set.elementTypes().get(k)));
      }
      elements.add(parts.size() == 1 ? parts.getFirst() : FunctionCall.call("tuple", parts));
    }
    // (x) alone would be no list.
    return elements.size() == 1
        ? FunctionCall.call("tuple", elements)
        : FunctionCall.operator("tuple", elements);
  }

  /** The set as a table that is sent with the query. */
  private Expression sent(KnownSet set) {
    String name = names.computeIfAbsent(set, _ -> "_data" + (sent.size() + 1));
    List<Expression> columns = new ArrayList<>();
    List<Header.Field> fields = new ArrayList<>();
    List<DataType> types = set.elementTypes();
    for (int k = 0; k < types.size(); k++) {
      columns.add(Identifier.of("c" + k));
      fields.add(new Header.Field("c" + k, types.get(k)));
    }
    Column[] elements = set.allElements();
    sent.put(
        name,
        new Plan.Values(
            new Header(fields), List.of(new Block(elements.clone(), elements[0].size()))));
    return new Subquery(
        Select.of(
            columns,
            new From(
                TableExpression.of(new TableExpression.NamedTable(Identifier.of(name))),
                List.of())));
  }
}
