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

  /** In the order in which they are tried: the frequent ones first. */
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("SELECT", Selects::statement),
          new Entry("INSERT", Inserts::parse),
          new Entry("WITH", Statements::with),
          new Entry("FROM", Selects::statement),
          new Entry("CREATE", Creates::parse),
          new Entry("DROP", Drops::drop),
          new Entry("ALTER", Alters::parse),
          new Entry("SET", Sessions::set),
          new Entry("SHOW", Shows::parse),
          new Entry("DESCRIBE", Shows::describe),
          new Entry("DESC", Shows::describe),
          new Entry("EXISTS", Shows::exists),
          new Entry("EXPLAIN", Explains::statement),
          new Entry("USE", Sessions::use),
          new Entry("SYSTEM", Systems::parse),
          new Entry("ATTACH GRANT", Grants::attached),
          new Entry("ATTACH REVOKE", Grants::attached),
          new Entry("ATTACH", Creates::parse),
          new Entry("REPLACE", Creates::parse),
          new Entry("DETACH", Drops::detach),
          new Entry("TRUNCATE", Drops::truncate),
          new Entry("UNDROP", Drops::undrop),
          new Entry("RENAME", Renames::rename),
          new Entry("EXCHANGE", Renames::exchange),
          new Entry("OPTIMIZE", Maintenance::optimize),
          new Entry("CHECK", Maintenance::check),
          new Entry("KILL", Maintenance::kill),
          new Entry("WATCH", Maintenance::watch),
          new Entry("DELETE", Alters::delete),
          new Entry("UPDATE", Alters::update),
          new Entry("GRANT", Grants::grant),
          new Entry("REVOKE", Grants::grant),
          new Entry("MOVE", AccessEntities::move),
          new Entry("EXECUTE", Sessions::execute),
          new Entry("BACKUP", Backups::parse),
          new Entry("RESTORE", Backups::parse),
          new Entry("BEGIN TRANSACTION", Sessions::begin),
          new Entry("START TRANSACTION", Sessions::begin),
          new Entry("COMMIT", Sessions::commit),
          new Entry("ROLLBACK", Sessions::rollback),
          new Entry("COPY", Copies::parse),
          new Entry("EXTERNAL DDL", Sessions::external));

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
