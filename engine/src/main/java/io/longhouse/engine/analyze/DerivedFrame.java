package io.longhouse.engine.analyze;

import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a query in FROM: it sees the aliases and the WITH of the query that reads it,
 * not the columns, and the columns of what is around both.
 */
final class DerivedFrame extends ConstantFrame {
  private final Frame reader;
  private final @Nullable Frame outside;

  /**
   * @param outside what is around the reader; null if its columns are not to be seen
   */
  DerivedFrame(Frame reader, @Nullable Frame outside) {
    this.reader = reader;
    this.outside = outside;
  }

  @Override
  public @Nullable Expr find(Identifier name) {
    return outside == null ? null : outside.find(name);
  }

  @Override
  public @Nullable NamedQuery namedQuery(String name) {
    return reader.namedQuery(name);
  }

  @Override
  public @Nullable Expression alias(String name) {
    return reader.alias(name);
  }

  @Override
  public String describe() {
    return reader.describe();
  }
}
