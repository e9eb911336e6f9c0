package io.longhouse.sql.parser;

import io.longhouse.sql.ast.Backup;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** BACKUP and RESTORE. */
final class Backups {
  private Backups() {}

  static Statement parse(Cursor c) {
    boolean restore = c.accept("RESTORE");
    if (!restore) {
      c.expect("BACKUP");
    }
    var elements = new ArrayList<Backup.Element>();
    do {
      elements.add(element(c));
    } while (c.accept(TokenKind.COMMA));
    String cluster = Names.cluster(c);
    c.expect(restore ? "FROM" : "TO");
    FunctionCall location = Functions.optionalArguments(c);
    FunctionCall base = null;
    var settings = new ArrayList<Setting>();
    if (c.accept("SETTINGS")) {
      do {
        if (c.at("BASE_BACKUP") && c.kind(1) == TokenKind.EQUALS) {
          c.advance();
          c.advance();
          base = Functions.optionalArguments(c);
        } else {
          settings.add(Settings.setting(c));
        }
      } while (c.accept(TokenKind.COMMA));
    }
    Backup.Mode mode =
        c.accept("ASYNC")
            ? Backup.Mode.ASYNC
            : c.accept("SYNC") ? Backup.Mode.SYNC : Backup.Mode.DEFAULT;
    return new Backup(restore, elements, cluster, location, base, settings, mode);
  }

  private static Backup.Element element(Cursor c) {
    if (c.accept("TEMPORARY TABLE")) {
      String name = Names.identifier(c);
      return new Backup.TemporaryTable(name, c.accept("AS") ? Names.identifier(c) : null);
    }
    if (c.accept("DATABASE")) {
      Identifier name = Names.single(c);
      Identifier newName = c.accept("AS") ? Names.single(c) : null;
      return new Backup.Database(name, newName, exceptTables(c));
    }
    if (c.accept("ALL")) {
      List<String> databases = List.of();
      if (c.accept("EXCEPT DATABASES") || c.accept("EXCEPT DATABASE")) {
        databases = Names.identifiers(c);
      }
      var tables = new ArrayList<Identifier>();
      if (c.accept("EXCEPT TABLES") || c.accept("EXCEPT TABLE")) {
        do {
          tables.add(Names.table(c));
        } while (c.accept(TokenKind.COMMA));
      }
      return new Backup.All(databases, List.copyOf(tables));
    }
    if (!c.accept("TABLE") && !c.accept("VIEW") && !c.accept("DICTIONARY")) {
      throw c.fail("TABLE", "VIEW", "DICTIONARY", "TEMPORARY TABLE", "DATABASE", "ALL");
    }
    Identifier name = Names.table(c);
    Identifier newName = c.accept("AS") ? Names.table(c) : null;
    List<Expression> partitions = List.of();
    if (c.accept("PARTITIONS") || c.accept("PARTITION")) {
      partitions = Expressions.list(c);
    }
    return new Backup.Table(name, newName, partitions);
  }

  private static List<String> exceptTables(Cursor c) {
    return c.accept("EXCEPT TABLES") || c.accept("EXCEPT TABLE") ? Names.identifiers(c) : List.of();
  }
}
