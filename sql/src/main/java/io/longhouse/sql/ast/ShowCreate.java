package io.longhouse.sql.ast;

/** {@code SHOW CREATE TABLE} and its like. */
public record ShowCreate(Kind kind, boolean temporary, Identifier name) implements ShowStatement {
  /** Of what. */
  public enum Kind {
    TABLE,
    VIEW,
    DICTIONARY,
    DATABASE
  }
}
