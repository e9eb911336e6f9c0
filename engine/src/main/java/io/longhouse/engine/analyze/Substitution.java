package io.longhouse.engine.analyze;

import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import java.util.List;

/** Replaces names in an expression by expressions. */
final class Substitution {
  private Substitution() {}

  /** The expression with each of {@code names} replaced by the value beside it. */
  static Expression of(Expression e, List<String> names, List<Expression> values) {
    if (e instanceof Identifier id) {
      int at = id.parts().size() == 1 ? names.indexOf(id.name()) : -1;
      return at < 0 ? e : values.get(at);
    }
    if (e instanceof Lambda l && l.parameters().stream().anyMatch(names::contains)) {
      return e;
    }
    return Children.mapChildren(e, c -> of(c, names, values));
  }
}
