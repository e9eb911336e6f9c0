package io.longhouse.sql.ast;

/** {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK}, {@code SET TRANSACTION SNAPSHOT n}. */
public record TransactionControl(Action action, long snapshot) implements SessionStatement {
  /** What is asked. */
  public enum Action {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SET_SNAPSHOT
  }
}
