package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands for several columns. */
public sealed interface Matcher extends Expression {
  List<ColumnTransformer> transformers();

  /** {@code *}. */
  record Asterisk(List<ColumnTransformer> transformers) implements Matcher {}

  /** {@code t.*}. */
  record QualifiedAsterisk(Expression qualifier, List<ColumnTransformer> transformers)
      implements Matcher {}

  /** {@code COLUMNS('regexp')}. */
  record ColumnsRegexp(
      @Nullable Expression qualifier, String pattern, List<ColumnTransformer> transformers)
      implements Matcher {}

  /** {@code COLUMNS(a, b)}. */
  record ColumnsList(
      @Nullable Expression qualifier,
      List<Expression> columns,
      List<ColumnTransformer> transformers)
      implements Matcher {}
}
