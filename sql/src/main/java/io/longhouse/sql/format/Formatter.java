package io.longhouse.sql.format;

import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Node;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;

/** The way in: any node as text. */
public final class Formatter {
  private Formatter() {}

  /** On several lines, as {@code formatQuery} does. */
  public static String format(Node node) {
    return print(new Out(false), node);
  }

  /** On one line, as {@code formatQuerySingleLine} does. */
  public static String formatOneLine(Node node) {
    return print(new Out(true), node);
  }

  /** The same as ClickHouse before 24.11 reads it: commands of ALTER without parentheses. */
  public static String formatForOldServers(Node node) {
    return print(new Out(true).withBareCommands(), node);
  }

  private static String print(Out out, Node node) {
    switch (node) {
      case ParsedStatement p -> {
        Statements.print(out, p.statement());
        Outputs.print(out, p.output());
      }
      case Statement s -> Statements.print(out, s);
      case Expression e -> Expressions.print(out, e);
      case TypeName t -> Types.print(out, t);
      case TypeArgument a -> Types.print(out, a);
      case TableExpression t -> Froms.table(out, t);
    }
    return out.toString();
  }
}
