package io.longhouse.engine.analyze;

import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;

/** Which queries of WITH RECURSIVE do read themselves. */
final class RecursiveQueries {
  private RecursiveQueries() {}

  static boolean isRecursive(Frame.NamedQuery q) {
    return reads(q.query(), q.name());
  }

  private static boolean reads(Query query, String name) {
    return switch (query) {
      case SetOperation o -> o.queries().stream().anyMatch(x -> reads(x, name));
      case Select s -> {
        From from = s.from();
        if (from == null) {
          yield false;
        }
        TableExpression first = from.first();
        yield first != null && reads(first, name)
            || from.steps().stream().anyMatch(x -> x instanceof Join j && reads(j.right(), name));
      }
    };
  }

  private static boolean reads(TableExpression t, String name) {
    return switch (t.source()) {
      case TableExpression.NamedTable n -> n.name().equals(Identifier.of(name));
      case TableExpression.Derived d -> reads(d.query(), name);
      case TableExpression.TableFunction _ -> false;
    };
  }
}
