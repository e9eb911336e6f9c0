package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Partition;
import io.longhouse.sql.ast.SqlSecurity;
import io.longhouse.sql.ast.TypeArgument;
import io.longhouse.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of ALTER TABLE, found by their first word. */
final class AlterCommands {
  private AlterCommands() {}

  static List<AlterCommand> list(Cursor c) {
    var commands = new ArrayList<AlterCommand>();
    do {
      if (c.accept(TokenKind.OPEN_ROUND)) {
        commands.add(command(c));
        c.expect(TokenKind.CLOSE_ROUND);
      } else {
        commands.add(command(c));
      }
    } while (c.accept(TokenKind.COMMA));
    return commands;
  }

  private static AlterCommand command(Cursor c) {
    if (c.accept("ADD")) {
      return add(c);
    }
    if (c.accept("MODIFY") || c.at("ALTER COLUMN") && c.accept("ALTER")) {
      return modify(c);
    }
    if (c.at("DROP") || c.at("CLEAR") || c.at("DETACH") || c.at("ATTACH") || c.at("FORGET")) {
      return AlterParts.remove(c);
    }
    if (c.accept("MATERIALIZE")) {
      return materialize(c);
    }
    if (c.accept("RENAME COLUMN")) {
      boolean ifExists = c.accept("IF EXISTS");
      String from = Schemas.columnName(c);
      c.expect("TO");
      return new AlterCommand.RenameColumn(ifExists, from, Schemas.columnName(c));
    }
    if (c.accept("COMMENT COLUMN")) {
      boolean ifExists = c.accept("IF EXISTS");
      String column = Schemas.columnName(c);
      return new AlterCommand.CommentColumn(ifExists, column, Literals.string(c));
    }
    if (c.accept("REMOVE TTL")) {
      return new AlterCommand.RemoveTtl();
    }
    if (c.accept("REMOVE SAMPLE BY")) {
      return new AlterCommand.RemoveSampleBy();
    }
    if (c.accept("RESET SETTING")) {
      return new AlterCommand.ResetSetting(Names.identifiers(c));
    }
    if (c.accept("DELETE")) {
      Partition partition = Partitions.tryIn(c);
      c.expect("WHERE");
      return new AlterCommand.Delete(partition, Expressions.parse(c));
    }
    if (c.accept("UPDATE")) {
      List<Assignment> assignments = Storages.assignments(c);
      Partition partition = Partitions.tryIn(c);
      c.expect("WHERE");
      return new AlterCommand.Update(assignments, partition, Expressions.parse(c));
    }
    for (String words : List.of("APPLY DELETED MASK", "APPLY PATCHES", "REWRITE PARTS")) {
      if (c.accept(words)) {
        return new AlterCommand.RewriteParts(words, Partitions.tryIn(c));
      }
    }
    if (c.accept("EXECUTE")) {
      return new AlterCommand.Execute(Functions.plain(c));
    }
    return AlterParts.other(c);
  }

  static AlterCommand.@Nullable Position position(Cursor c) {
    if (c.accept("FIRST")) {
      return new AlterCommand.First();
    }
    return c.accept("AFTER") ? new AlterCommand.After(Schemas.columnName(c)) : null;
  }

  private static AlterCommand add(Cursor c) {
    if (c.accept("COLUMN")) {
      boolean ifNotExists = c.accept("IF NOT EXISTS");
      ColumnDeclaration column = Schemas.column(c, true);
      return new AlterCommand.AddColumn(ifNotExists, column, position(c));
    }
    boolean hypothetical = c.accept("HYPOTHETICAL");
    if (c.accept("INDEX")) {
      boolean ifNotExists = c.accept("IF NOT EXISTS");
      var index = Schemas.indexBody(c, Names.identifier(c), true);
      return new AlterCommand.AddIndex(ifNotExists, hypothetical, index, position(c));
    }
    if (c.accept("CONSTRAINT")) {
      boolean ifNotExists = c.accept("IF NOT EXISTS");
      return new AlterCommand.AddConstraint(ifNotExists, Schemas.constraintBody(c));
    }
    if (c.accept("PROJECTION")) {
      boolean ifNotExists = c.accept("IF NOT EXISTS");
      var projection = Schemas.projectionBody(c);
      return new AlterCommand.AddProjection(ifNotExists, projection, position(c));
    }
    c.expect("STATISTICS");
    boolean ifNotExists = c.accept("IF NOT EXISTS");
    return statistics(c, false, ifNotExists);
  }

  private static AlterCommand statistics(Cursor c, boolean modify, boolean ifNotExists) {
    List<String> columns = Names.identifiers(c);
    c.expect("TYPE");
    var types = new ArrayList<FunctionCall>();
    do {
      types.add(Functions.optionalArguments(c));
    } while (c.accept(TokenKind.COMMA));
    return new AlterCommand.SetStatistics(modify, ifNotExists, columns, List.copyOf(types));
  }

  private static AlterCommand modify(Cursor c) {
    if (c.accept("COLUMN")) {
      return columnChange(c);
    }
    if (c.accept("ORDER BY")) {
      return new AlterCommand.ModifyOrderBy(Storages.orderBy(c));
    }
    if (c.accept("SAMPLE BY")) {
      return new AlterCommand.ModifySampleBy(Expressions.parse(c));
    }
    if (c.accept("TTL")) {
      return new AlterCommand.ModifyTtl(Storages.ttl(c));
    }
    if (c.accept("SETTING")) {
      return new AlterCommand.ModifySetting(Settings.list(c));
    }
    if (c.accept("COMMENT")) {
      return new AlterCommand.ModifyComment(Literals.string(c));
    }
    if (c.accept("QUERY")) {
      return new AlterCommand.ModifyQuery(Selects.parse(c));
    }
    if (c.accept("REFRESH")) {
      return new AlterCommand.ModifyRefresh(Views.refresh(c));
    }
    if (c.accept("CONSTRAINT")) {
      boolean ifExists = c.accept("IF EXISTS");
      return new AlterCommand.ModifyConstraint(ifExists, Schemas.constraintBody(c));
    }
    if (c.accept("STATISTICS")) {
      return statistics(c, true, false);
    }
    SqlSecurity security = Views.security(c);
    if (security != null) {
      return new AlterCommand.ModifySqlSecurity(security);
    }
    return columnChange(c);
  }

  /** What follows MODIFY COLUMN; COLUMN may be left out. */
  private static AlterCommand columnChange(Cursor c) {
    boolean ifExists = c.accept("IF EXISTS");
    int mark = c.position();
    String name = Schemas.columnName(c);
    if (c.accept("REMOVE")) {
      return new AlterCommand.RemoveColumnProperty(ifExists, name, property(c));
    }
    if (c.accept("MODIFY SETTING")) {
      return new AlterCommand.ModifyColumnSetting(ifExists, name, Settings.list(c));
    }
    if (c.accept("RESET SETTING")) {
      return new AlterCommand.ResetColumnSetting(ifExists, name, Names.identifiers(c));
    }
    if (c.accept("ADD ENUM VALUES")) {
      return new AlterCommand.AddEnumValues(ifExists, name, enumValues(c));
    }
    if (c.at("TYPE") && c.kind(1) == TokenKind.WORD) {
      c.advance();
      TypeName type = Types.parse(c);
      return new AlterCommand.ModifyColumn(ifExists, ColumnDeclaration.of(name, type), position(c));
    }
    c.reset(mark);
    ColumnDeclaration column = Schemas.column(c, false);
    return new AlterCommand.ModifyColumn(ifExists, column, position(c));
  }

  private static String property(Cursor c) {
    for (String word :
        List.of("DEFAULT", "MATERIALIZED", "ALIAS", "COMMENT", "CODEC", "TTL", "SETTINGS")) {
      if (c.accept(word)) {
        return word;
      }
    }
    throw c.fail("DEFAULT", "MATERIALIZED", "ALIAS", "COMMENT", "CODEC", "TTL", "SETTINGS");
  }

  private static List<TypeArgument> enumValues(Cursor c) {
    var values = new ArrayList<TypeArgument>();
    c.expect(TokenKind.OPEN_ROUND);
    do {
      String name = Literals.string(c);
      values.add(
          c.accept(TokenKind.EQUALS)
              ? new TypeArgument.EnumValue(name, Literals.number(c).bits())
              : new TypeArgument.Value(Literal.of(name)));
    } while (c.accept(TokenKind.COMMA));
    c.expect(TokenKind.CLOSE_ROUND);
    return List.copyOf(values);
  }

  private static AlterCommand materialize(Cursor c) {
    if (c.accept("COLUMN")) {
      String column = Schemas.columnName(c);
      return new AlterCommand.MaterializeColumn(column, Partitions.tryIn(c));
    }
    if (c.accept("TTL")) {
      return new AlterCommand.MaterializeTtl(Partitions.tryIn(c));
    }
    if (c.accept("STATISTICS")) {
      return AlterParts.statistics(c, "MATERIALIZE");
    }
    boolean index = c.accept("INDEX");
    if (!index) {
      c.expect("PROJECTION");
    }
    boolean ifExists = c.accept("IF EXISTS");
    String name = Names.identifier(c);
    Partition partition = Partitions.tryIn(c);
    return index
        ? new AlterCommand.MaterializeIndex(ifExists, name, partition)
        : new AlterCommand.MaterializeProjection(ifExists, name, partition);
  }
}
