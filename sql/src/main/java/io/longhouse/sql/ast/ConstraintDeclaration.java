package io.longhouse.sql.ast;

/** {@code CONSTRAINT name CHECK expression}. */
public record ConstraintDeclaration(String name, Kind kind, Expression expression) {
  /** What it asks. */
  public enum Kind {
    CHECK,
    ASSUME
  }
}
