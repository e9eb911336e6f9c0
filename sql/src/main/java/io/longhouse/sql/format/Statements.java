package io.longhouse.sql.format;

import io.longhouse.sql.ast.Insert;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Statement;

/** Finds the printer of a statement. */
final class Statements {
  private Statements() {}

  static void print(Out out, Statement statement) {
    switch (statement) {
      case Query q -> Queries.print(out, q);
      case Insert i -> Inserts.print(out, i);
      default -> throw new IllegalStateException();
    }
  }
}
