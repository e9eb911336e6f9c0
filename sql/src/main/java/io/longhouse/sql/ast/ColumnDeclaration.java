package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of CREATE TABLE or ALTER TABLE.
 *
 * @param type null when it follows from the default
 * @param nullable {@code NULL} is true, {@code NOT NULL} is false, null when not said
 */
public record ColumnDeclaration(
    String name,
    @Nullable TypeName type,
    @Nullable Boolean nullable,
    @Nullable DefaultKind defaultKind,
    @Nullable Expression defaultExpression,
    @Nullable String comment,
    @Nullable FunctionCall codec,
    @Nullable FunctionCall statistics,
    @Nullable Expression ttl,
    @Nullable String collation,
    List<Setting> settings) {

  public ColumnDeclaration {
    settings = List.copyOf(settings);
  }

  public static ColumnDeclaration of(String name, @Nullable TypeName type) {
    return new ColumnDeclaration(
        name, type, null, null, null, null, null, null, null, null, List.of());
  }

  /** How a column gets a value that was not given. */
  public enum DefaultKind {
    DEFAULT,
    MATERIALIZED,
    ALIAS,
    EPHEMERAL,
    AUTO_INCREMENT
  }
}
