package io.longhouse.sql;

/** The text is not a statement, or is beyond a limit of the parser. */
public final class SqlException extends LonghouseException {
  private static final long serialVersionUID = 1L;

  public SqlException(ErrorCode code, String message) {
    super(code, message);
  }

  public static SqlException syntax(String message) {
    return new SqlException(ErrorCode.SYNTAX_ERROR, message);
  }
}
