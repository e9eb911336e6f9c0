package io.longhouse.engine.table;

import io.longhouse.column.type.DataType;
import io.longhouse.sql.ast.ColumnDeclaration.DefaultKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param defaultKind how a value comes about that an INSERT leaves out; null for the type's default
 */
public record ColumnDefinition(
    String name,
    DataType type,
    @Nullable DefaultKind defaultKind,
    @Nullable Expression defaultExpression,
    String comment,
    @Nullable FunctionCall codec,
    @Nullable Expression ttl) {
  public static ColumnDefinition of(String name, DataType type) {
    return new ColumnDefinition(name, type, null, null, "", null, null);
  }

  /** Whether values lie in storage: not for ALIAS and EPHEMERAL. */
  public boolean isStored() {
    return defaultKind != DefaultKind.ALIAS && defaultKind != DefaultKind.EPHEMERAL;
  }

  /** Whether {@code SELECT *} shows it. */
  public boolean isInAsterisk() {
    return defaultKind == null || defaultKind == DefaultKind.DEFAULT;
  }

  /** Whether an INSERT may name it. */
  public boolean isInsertable() {
    return defaultKind == null
        || defaultKind == DefaultKind.DEFAULT
        || defaultKind == DefaultKind.EPHEMERAL;
  }
}
