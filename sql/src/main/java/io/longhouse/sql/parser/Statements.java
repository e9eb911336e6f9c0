package io.longhouse.sql.parser;

import io.longhouse.sql.ast.ParallelWith;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.With;
import java.util.ArrayList;
import java.util.List;

/** Finds the parser of a statement by the words it begins with. */
final class Statements {
  private interface StatementParser {
    Statement parse(Cursor c);
  }

  private record Entry(String words, StatementParser parser) {}

  /** Longer words come before shorter ones that begin alike. */
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("SELECT", Selects::statement),
          new Entry("FROM", Selects::statement),
          new Entry("INSERT", Inserts::parse),
          new Entry("WITH", Statements::with));

  private Statements() {}

  static Statement parse(Cursor c) {
    if (c.kind() == TokenKind.OPEN_ROUND) {
      return Selects.statement(c);
    }
    for (Entry entry : ENTRIES) {
      if (c.at(entry.words)) {
        return entry.parser.parse(c);
      }
    }
    throw c.fail("Query");
  }

  /** WITH may begin a query or an INSERT of one. */
  private static Statement with(Cursor c) {
    int mark = c.position();
    With with = Selects.with(c);
    if (with != null && c.at("INSERT INTO")) {
      return Inserts.parse(c, with);
    }
    c.reset(mark);
    return Selects.statement(c);
  }

  /** {@code a PARALLEL WITH b}. */
  static Statement parallel(Cursor c, Statement first) {
    if (!c.accept("PARALLEL WITH")) {
      return first;
    }
    var statements = new ArrayList<Statement>();
    statements.add(first);
    do {
      statements.add(parse(c));
    } while (c.accept("PARALLEL WITH"));
    return new ParallelWith(List.copyOf(statements));
  }
}
