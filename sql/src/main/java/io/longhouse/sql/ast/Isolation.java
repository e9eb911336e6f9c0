package io.longhouse.sql.ast;

/** Where a tenant's rows are, from the lightest to the most separate. */
public enum Isolation {
  /** In tables that it shares with its neighbours, under a row policy. */
  SHARED_TABLE("SHARED TABLE"),
  /** In tables of its own beside those of its neighbours. */
  TABLE("TABLE"),
  /** In a database of its own. */
  DATABASE("DATABASE"),
  /** Read and written by machines of its own over shared storage. */
  WAREHOUSE("WAREHOUSE"),
  /** In a service of its own. */
  SERVICE("SERVICE");

  private final String sql;

  Isolation(String sql) {
    this.sql = sql;
  }

  public String sql() {
    return sql;
  }
}
