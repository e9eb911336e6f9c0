package io.longhouse.sql.parser;

import io.longhouse.sql.ast.CopyStatement;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import java.util.List;

/** {@code COPY t TO STDOUT} and {@code COPY t FROM STDIN}. */
final class Copies {
  private Copies() {}

  static Statement parse(Cursor c) {
    c.expect("COPY");
    Identifier table = Names.table(c);
    List<String> columns = null;
    if (c.accept(TokenKind.OPEN_ROUND)) {
      columns = Names.identifiers(c);
      c.expect(TokenKind.CLOSE_ROUND);
    }
    boolean from = c.accept("FROM");
    if (from) {
      c.expect("STDIN");
    } else {
      c.expect("TO");
      c.expect("STDOUT");
    }
    String format = c.accept("WITH FORMAT") ? Names.identifier(c) : null;
    return new CopyStatement(table, columns, from, format);
  }
}
