package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands for several columns. */
public sealed interface Matcher extends Expression {
  List<ColumnTransformer> transformers();

  /** {@code *}. */
  record Asterisk(List<ColumnTransformer> transformers) implements Matcher {}

  /** {@code t.*}. */
  record QualifiedAsterisk(Identifier qualifier, List<ColumnTransformer> transformers)
      implements Matcher {}

  /** {@code COLUMNS('regexp')}. */
  record ColumnsRegexp(
      @Nullable Identifier qualifier, String pattern, List<ColumnTransformer> transformers)
      implements Matcher {}

  /** {@code COLUMNS(a, b)}. */
  record ColumnsList(
      @Nullable Identifier qualifier,
      List<Expression> columns,
      List<ColumnTransformer> transformers)
      implements Matcher {}
}
