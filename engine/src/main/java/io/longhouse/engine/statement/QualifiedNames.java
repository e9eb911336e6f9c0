package io.longhouse.engine.statement;

import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the session's database in front of table names, so that a kept query does not depend on it.
 */
final class QualifiedNames {
  private final String database;

  private QualifiedNames(String database) {
    this.database = database;
  }

  static Query in(Query query, StatementContext context) {
    return new QualifiedNames(context.session().database()).query(query, Set.of());
  }

  private Query query(Query query, Set<String> known) {
    return switch (query) {
      case SetOperation o ->
          new SetOperation(o.queries().stream().map(q -> query(q, known)).toList(), o.operators());
      case Select s -> select(s, known);
    };
  }

  private Query select(Select s, Set<String> outer) {
    Set<String> known = new HashSet<>(outer);
    With with = s.with();
    if (with != null) {
      for (With.Item i : with.items()) {
        if (i instanceof With.Table t) {
          known.add(t.name());
        }
      }
    }
    return new Select(
        with == null ? null : with(with, known),
        s.distinct(),
        s.projection(),
        from(s.from(), known),
        s.prewhere(),
        s.where(),
        s.groupBy(),
        s.having(),
        s.windows(),
        s.qualify(),
        s.orderBy(),
        s.orderByAll(),
        s.interpolate(),
        s.limitBy(),
        s.limit(),
        s.settings());
  }

  private With with(With with, Set<String> known) {
    List<With.Item> items = new ArrayList<>();
    for (With.Item i : with.items()) {
      items.add(
          i instanceof With.Table t
              ? new With.Table(t.name(), t.columns(), t.materialized(), query(t.query(), known))
              : i);
    }
    return new With(with.recursive(), items);
  }

  private @Nullable From from(@Nullable From from, Set<String> known) {
    if (from == null) {
      return null;
    }
    TableExpression first = from.first();
    List<From.Step> steps = new ArrayList<>();
    for (From.Step s : from.steps()) {
      steps.add(
          s instanceof Join j
              ? new Join(
                  j.locality(),
                  j.natural(),
                  j.strictness(),
                  j.kind(),
                  table(j.right(), known),
                  j.on(),
                  j.using())
              : s);
    }
    return new From(first == null ? null : table(first, known), steps);
  }

  private TableExpression table(TableExpression t, Set<String> known) {
    TableExpression.TableSource source =
        switch (t.source()) {
          case TableExpression.NamedTable n
              when n.name().parts().size() == 1 && !known.contains(n.name().name()) ->
              new TableExpression.NamedTable(Identifier.of(database, n.name().name()));
          case TableExpression.Derived d -> new TableExpression.Derived(query(d.query(), known));
          default -> t.source();
        };
    return new TableExpression(
        source,
        t.alias(),
        t.columnAliases(),
        t.isFinal(),
        t.stream(),
        t.sample(),
        t.sampleOffset());
  }
}
