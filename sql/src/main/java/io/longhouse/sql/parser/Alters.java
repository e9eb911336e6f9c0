package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.AlterDatabase;
import io.longhouse.sql.ast.AlterNamedCollection;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.CreateNamedCollection;
import io.longhouse.sql.ast.DeleteRows;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.UpdateRows;
import java.util.ArrayList;
import java.util.List;

/** ALTER, and the DELETE and UPDATE that need no ALTER. */
final class Alters {
  private Alters() {}

  static Statement parse(Cursor c) {
    c.expect("ALTER");
    if (c.at("TABLE") || c.at("TEMPORARY TABLE")) {
      c.accept("TEMPORARY");
      c.expect("TABLE");
      Identifier table = Names.table(c);
      String cluster = Names.cluster(c);
      return new AlterTable(table, cluster, AlterCommands.list(c));
    }
    if (c.accept("DATABASE")) {
      Identifier database = Names.single(c);
      String cluster = Names.cluster(c);
      return new AlterDatabase(database, cluster, databaseCommands(c));
    }
    if (c.accept("NAMED COLLECTION")) {
      return namedCollection(c);
    }
    Statement tenant = Tenants.tryAlter(c);
    return tenant == null ? AccessEntities.alter(c) : tenant;
  }

  private static List<AlterCommand> databaseCommands(Cursor c) {
    var commands = new ArrayList<AlterCommand>();
    do {
      boolean parentheses = c.accept(TokenKind.OPEN_ROUND);
      if (c.accept("MODIFY COMMENT")) {
        commands.add(new AlterCommand.ModifyComment(Literals.string(c)));
      } else {
        c.expect("MODIFY SETTING");
        commands.add(new AlterCommand.ModifySetting(Settings.list(c)));
      }
      if (parentheses) {
        c.expect(TokenKind.CLOSE_ROUND);
      }
    } while (c.accept(TokenKind.COMMA));
    return commands;
  }

  private static Statement namedCollection(Cursor c) {
    boolean ifExists = c.accept("IF EXISTS");
    String name = Names.identifier(c);
    String cluster = Names.cluster(c);
    List<CreateNamedCollection.Entry> set = c.accept("SET") ? SmallCreates.entries(c) : List.of();
    List<String> delete = c.accept("DELETE") ? Names.identifiers(c) : List.of();
    if (set.isEmpty() && delete.isEmpty()) {
      throw c.fail("SET", "DELETE");
    }
    return new AlterNamedCollection(ifExists, name, cluster, set, delete);
  }

  static Statement delete(Cursor c) {
    c.expect("DELETE");
    c.expect("FROM");
    Identifier table = Names.table(c);
    String cluster = Names.cluster(c);
    Partition partition = c.accept("IN PARTITION") ? Partitions.parse(c) : null;
    c.expect("WHERE");
    return new DeleteRows(table, cluster, partition, Expressions.parse(c));
  }

  static Statement update(Cursor c) {
    c.expect("UPDATE");
    Identifier table = Names.table(c);
    String cluster = Names.cluster(c);
    c.expect("SET");
    List<Assignment> assignments = Storages.assignments(c);
    Partition partition = c.accept("IN PARTITION") ? Partitions.parse(c) : null;
    c.expect("WHERE");
    return new UpdateRows(table, cluster, assignments, partition, Expressions.parse(c));
  }
}
