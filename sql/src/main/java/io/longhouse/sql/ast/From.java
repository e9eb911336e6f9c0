package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The FROM clause, joins from left to right.
 *
 * @param first null when there is only {@code ARRAY JOIN}
 */
public record From(@Nullable TableExpression first, List<Step> steps) {
  public From {
    steps = List.copyOf(steps);
  }

  /** What is joined next. */
  public sealed interface Step permits Join, ArrayJoin {}
}
