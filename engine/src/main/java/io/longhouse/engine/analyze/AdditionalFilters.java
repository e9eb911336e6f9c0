package io.longhouse.engine.analyze;

import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.Table;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.parser.Parser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that settings put on tables and on the result, whatever the query says. */
final class AdditionalFilters {
  private AdditionalFilters() {}

  static Expression parse(String condition) {
    return Parser.parseExpression(condition);
  }

  /**
   * The rows of a table that {@code additional_table_filters} lets through. The setting names the
   * table by its alias or its own name, the condition may use any of the table's columns.
   */
  static Relation apply(
      Relation r, Table table, @Nullable String alias, String currentDatabase, Analyzer analyzer) {
    String setting = analyzer.context().settings().text("additional_table_filters");
    if (setting.isEmpty() || setting.equals("{}")) {
      return r;
    }
    for (Literal.MapLiteral.Entry e : Parser.parseMap(setting).entries()) {
      String name = ((Literal.StringLiteral) e.key()).value();
      var id = table.id();
      boolean meant =
          name.equals(alias)
              || name.equals(id.database() + "." + id.name())
              || name.equals(id.name()) && id.database().equals(currentDatabase);
      if (meant) {
        Expression condition = parse(((Literal.StringLiteral) e.value()).value());
        Expr resolved = analyzer.resolve(condition, c -> column(c, r, analyzer));
        return r.withPlan(new Plan.Filter(r.plan(), resolved));
      }
    }
    return r;
  }

  /** An expression of a setting over the columns of a table. */
  static Expr over(Relation r, String expression, Analyzer analyzer) {
    return analyzer.resolve(parse(expression), c -> column(c, r, analyzer));
  }

  private static @Nullable Expr column(String name, Relation r, Analyzer analyzer) {
    List<VisibleColumn> found = r.named(name);
    for (VisibleColumn c : r.columns()) {
      for (List<String> q : c.qualifiers()) {
        if (found.isEmpty() && name.equals(String.join(".", q) + "." + c.name())) {
          found = List.of(c);
        }
      }
    }
    if (found.isEmpty()) {
      return null;
    }
    VisibleColumn c = found.getFirst();
    Expression alias = c.alias();
    return alias == null
        ? new Expr.Input(c.index(), c.type())
        : analyzer.cast(analyzer.resolve(alias, n -> column(n, r, analyzer)), c.type());
  }
}
