package io.longhouse.engine.analyze;

import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Query;
import org.jspecify.annotations.Nullable;

/**
 * What names mean where an expression stands: in a SELECT, inside a lambda, in a table's
 * definition.
 */
interface Frame {
  /** The meaning of a name, or null. */
  @Nullable Expr find(Identifier name);

  /** Notes a call of an aggregate function and answers what stands for its result. */
  Expr aggregate(FunctionCall call);

  /** Notes a call of a window function and answers what stands for its result. */
  Expr window(FunctionCall call);

  /** Notes {@code arrayJoin(array)} and answers what stands for its elements. */
  Expr arrayJoin(Expr array);

  /** What an expression that was resolved here is to be replaced by. */
  default Expr grouped(Expr e) {
    return e;
  }

  /** Notes a sub-query that has a value for each row and answers what stands for that value. */
  default Expr correlated(Subplan subquery) {
    throw new io.longhouse.sql.LonghouseException(
        io.longhouse.sql.ErrorCode.NOT_IMPLEMENTED,
        "A correlated subquery is not supported in " + describe());
  }

  /** The common table expression of that name, or null. */
  @Nullable NamedQuery namedQuery(String name);

  /** The expression that an alias of this frame stands for, or null. */
  @Nullable Expression alias(String name);

  /** A query of WITH, the frame it was written in, and the names it gives its columns. */
  record NamedQuery(
      String name,
      Query query,
      Frame scope,
      java.util.@Nullable List<String> columns,
      boolean recursive) {}

  /** The value of an expression that has an alias, null where aliases have no meaning. */
  default @Nullable Expr aliased(io.longhouse.sql.ast.Aliased a) {
    return null;
  }

  /** Text for messages: the statement around. */
  String describe();
}
