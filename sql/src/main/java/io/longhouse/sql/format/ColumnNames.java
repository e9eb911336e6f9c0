package io.longhouse.sql.format;

public final class ColumnNames {
  public static String of(io.longhouse.sql.ast.Expression e) {
    return Formatter.formatOneLine(e);
  }

  private ColumnNames() {}
}
