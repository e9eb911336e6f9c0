package io.longhouse.engine.plan.shards;

import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Limit;
import io.longhouse.sql.ast.LimitBy;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT while steps of a plan are put into it. A step goes into the same SELECT as long as
 * that evaluates its clauses in the steps' order; else what there is becomes a sub-query.
 */
final class Level {
  /** What the last step was that decides which may follow. */
  enum Phase {
    ROWS,
    GROUPS,
    DISTINCT,
    ORDER,
    LIMIT_BY,
    LIMIT
  }

  final From from;

  /** What stands for each column of the step's header. */
  final List<Expression> columns;

  Phase phase = Phase.ROWS;
  @Nullable Expression prewhere;
  final List<Expression> where = new ArrayList<>();
  @Nullable GroupBy groupBy;
  final List<Expression> having = new ArrayList<>();
  boolean distinct;
  List<OrderItem> orderBy = List.of();
  @Nullable LimitBy limitBy;
  @Nullable Limit limit;
  List<Setting> settings = List.of();

  Level(From from, List<Expression> columns) {
    this.from = from;
    this.columns = List.copyOf(columns);
  }

  /** The same SELECT with other columns. */
  Level with(List<Expression> others) {
    return with(from, others);
  }

  Level with(From otherFrom, List<Expression> others) {
    var l = new Level(otherFrom, others);
    l.phase = phase;
    l.prewhere = prewhere;
    l.where.addAll(where);
    l.groupBy = groupBy;
    l.having.addAll(having);
    l.distinct = distinct;
    l.orderBy = orderBy;
    l.limitBy = limitBy;
    l.limit = limit;
    l.settings = settings;
    return l;
  }

  /** A SELECT over this one, which has the same columns. */
  Level around(int number) {
    return new Level(
        new From(derived(number, null), List.of()), names(columns.size(), number, null));
  }

  /** The columns of a sub-query as they are named outside of it. */
  static List<Expression> names(int count, int number, @Nullable String alias) {
    List<Expression> outside = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = name(number, i);
      outside.add(alias == null ? Identifier.of(name) : Identifier.of(alias, name));
    }
    return outside;
  }

  private static String name(int number, int column) {
    return "__c" + number + "_" + column;
  }

  /**
   * This one as a table.
   *
   * @param number of no other sub-query: old versions take equal names for the same column
   */
  TableExpression derived(int number, @Nullable String alias) {
    List<Expression> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(new Aliased(columns.get(i), name(number, i)));
    }
    return new TableExpression(
        new TableExpression.Derived(select(named)), alias, null, false, null, null, null);
  }

  /** The SELECT of all columns. */
  Select query() {
    return select(columns);
  }

  private Select select(List<Expression> projection) {
    return new Select(
        null,
        distinct,
        projection.isEmpty() ? List.of(NumberLiteral.unsigned(1)) : projection,
        from,
        prewhere,
        all(where),
        groupBy,
        all(having),
        List.of(),
        null,
        orderBy,
        false,
        null,
        limitBy,
        limit,
        settings);
  }

  private static @Nullable Expression all(List<Expression> conditions) {
    return conditions.isEmpty()
        ? null
        : conditions.size() == 1 ? conditions.getFirst() : FunctionCall.operator("and", conditions);
  }
}
