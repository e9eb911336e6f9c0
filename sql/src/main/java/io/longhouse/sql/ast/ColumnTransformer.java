package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows a {@link Matcher}. */
public sealed interface ColumnTransformer {
  /** {@code EXCEPT (a, b)}. */
  record Except(boolean strict, List<Identifier> columns) implements ColumnTransformer {}

  /** {@code EXCEPT 'regexp'}. */
  record ExceptRegexp(boolean strict, String pattern) implements ColumnTransformer {}

  /** {@code REPLACE (a + 1 AS a)}. */
  record Replace(boolean strict, List<Replacement> replacements) implements ColumnTransformer {}

  /** One of {@code REPLACE}. */
  record Replacement(Expression expression, String column) {}

  /** {@code APPLY f} or {@code APPLY f(parameters)}. */
  record Apply(
      String function, @Nullable List<Expression> parameters, @Nullable String columnNamePrefix)
      implements ColumnTransformer {}

  /** {@code APPLY x -> f(x)}. */
  record ApplyLambda(Lambda lambda, @Nullable String columnNamePrefix)
      implements ColumnTransformer {}
}
