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

  private static final String COLUMN = "__c";

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

  /** This one if none of its steps comes after those of a phase, else a new one around it. */
  Level upTo(Phase last) {
    return phase.compareTo(last) <= 0 ? this : around(null);
  }

  /** A SELECT over this one, which has the same columns. */
  Level around(@Nullable String alias) {
    return new Level(new From(derived(alias), List.of()), names(columns.size(), alias));
  }

  /** The columns of a sub-query as they are named outside of it. */
  static List<Expression> names(int count, @Nullable String alias) {
    List<Expression> outside = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outside.add(alias == null ? Identifier.of(COLUMN + i) : Identifier.of(alias, COLUMN + i));
    }
    return outside;
  }

  /** This one as a table. */
  TableExpression derived(@Nullable String alias) {
    List<Expression> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(new Aliased(columns.get(i), COLUMN + i));
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
