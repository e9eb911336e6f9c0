package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Rename;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;

/** RENAME and EXCHANGE. */
final class Renames {
  private Renames() {}

  static Statement rename(Cursor c) {
    c.expect("RENAME");
    Rename.Kind kind =
        accept(c, "DATABASE")
            ? Rename.Kind.DATABASE
            : accept(c, "DICTIONARY") ? Rename.Kind.DICTIONARY : Rename.Kind.TABLE;
    if (kind == Rename.Kind.TABLE) {
      accept(c, "TABLE");
    }
    boolean ifExists = c.accept("IF EXISTS");
    return pairs(c, kind, false, ifExists, "TO");
  }

  /** The word, unless it is itself the name of what is renamed. */
  private static boolean accept(Cursor c, String word) {
    return !c.atAhead(1, "TO") && c.kind(1) != TokenKind.DOT && c.accept(word);
  }

  static Statement exchange(Cursor c) {
    c.expect("EXCHANGE");
    Rename.Kind kind = Rename.Kind.TABLE;
    if (c.accept("DICTIONARIES")) {
      kind = Rename.Kind.DICTIONARY;
    } else {
      c.expect("TABLES");
    }
    return pairs(c, kind, true, false, "AND");
  }

  private static Statement pairs(
      Cursor c, Rename.Kind kind, boolean exchange, boolean ifExists, String word) {
    var pairs = new ArrayList<Rename.Pair>();
    do {
      Identifier from = kind == Rename.Kind.DATABASE ? Names.single(c) : Names.table(c);
      c.expect(word);
      Identifier to = kind == Rename.Kind.DATABASE ? Names.single(c) : Names.table(c);
      pairs.add(new Rename.Pair(from, to));
    } while (c.accept(TokenKind.COMMA));
    return new Rename(kind, exchange, ifExists, pairs, Names.cluster(c));
  }
}
