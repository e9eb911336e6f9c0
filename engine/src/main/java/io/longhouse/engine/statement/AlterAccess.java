package io.longhouse.engine.statement;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Identifier;
import java.util.List;
import java.util.function.Function;

/** Which privileges a command of ALTER TABLE needs. */
final class AlterAccess {
  private final SessionAccess access;
  private final String database;
  private final String table;
  private final Function<Identifier, String> databaseOf;

  AlterAccess(
      SessionAccess access,
      String database,
      String table,
      Function<Identifier, String> databaseOf) {
    this.access = access;
    this.database = database;
    this.table = table;
    this.databaseOf = databaseOf;
  }

  static List<String> columns(List<Assignment> assignments) {
    return assignments.stream().map(a -> a.column()).toList();
  }

  private void table(Privilege p) {
    access.check(p, database, table);
  }

  private void column(Privilege p, String column) {
    access.check(p, database, table, List.of(column));
  }

  void check(AlterCommand command) {
    switch (command) {
      case AlterCommand.AddColumn c -> column(Privilege.ALTER_ADD_COLUMN, c.column().name());
      case AlterCommand.DropColumn c ->
          column(
              c.clear() ? Privilege.ALTER_CLEAR_COLUMN : Privilege.ALTER_DROP_COLUMN, c.column());
      case AlterCommand.ModifyColumn c -> column(Privilege.ALTER_MODIFY_COLUMN, c.column().name());
      case AlterCommand.RemoveColumnProperty c -> column(Privilege.ALTER_MODIFY_COLUMN, c.column());
      case AlterCommand.ModifyColumnSetting c -> column(Privilege.ALTER_MODIFY_COLUMN, c.column());
      case AlterCommand.ResetColumnSetting c -> column(Privilege.ALTER_MODIFY_COLUMN, c.column());
      case AlterCommand.AddEnumValues c -> column(Privilege.ALTER_MODIFY_COLUMN, c.column());
      case AlterCommand.RenameColumn c -> column(Privilege.ALTER_RENAME_COLUMN, c.from());
      case AlterCommand.CommentColumn c -> column(Privilege.ALTER_COMMENT_COLUMN, c.column());
      case AlterCommand.MaterializeColumn c ->
          column(Privilege.ALTER_MATERIALIZE_COLUMN, c.column());
      case AlterCommand.ModifyComment _ -> table(Privilege.ALTER_MODIFY_COMMENT);
      case AlterCommand.ModifyOrderBy _ -> table(Privilege.ALTER_ORDER_BY);
      case AlterCommand.ModifySampleBy _, AlterCommand.RemoveSampleBy _ ->
          table(Privilege.ALTER_SAMPLE_BY);
      case AlterCommand.ModifyTtl _, AlterCommand.RemoveTtl _ -> table(Privilege.ALTER_TTL);
      case AlterCommand.MaterializeTtl _ -> table(Privilege.ALTER_MATERIALIZE_TTL);
      case AlterCommand.ModifySetting _, AlterCommand.ResetSetting _ ->
          table(Privilege.ALTER_SETTINGS);
      case AlterCommand.ModifyQuery _ -> table(Privilege.ALTER_VIEW_MODIFY_QUERY);
      case AlterCommand.ModifyRefresh _ -> table(Privilege.ALTER_VIEW_MODIFY_REFRESH);
      case AlterCommand.ModifySqlSecurity _ -> table(Privilege.ALTER_VIEW_MODIFY_SQL_SECURITY);
      case AlterCommand.AddIndex _ -> table(Privilege.ALTER_ADD_INDEX);
      case AlterCommand.DropIndex c ->
          table(c.clear() ? Privilege.ALTER_CLEAR_INDEX : Privilege.ALTER_DROP_INDEX);
      case AlterCommand.MaterializeIndex _ -> table(Privilege.ALTER_MATERIALIZE_INDEX);
      case AlterCommand.AddConstraint _ -> table(Privilege.ALTER_ADD_CONSTRAINT);
      case AlterCommand.DropConstraint _ -> table(Privilege.ALTER_DROP_CONSTRAINT);
      case AlterCommand.ModifyConstraint _ -> table(Privilege.ALTER_MODIFY_CONSTRAINT);
      case AlterCommand.AddProjection _ -> table(Privilege.ALTER_ADD_PROJECTION);
      case AlterCommand.DropProjection c ->
          table(c.clear() ? Privilege.ALTER_CLEAR_PROJECTION : Privilege.ALTER_DROP_PROJECTION);
      case AlterCommand.MaterializeProjection _ -> table(Privilege.ALTER_MATERIALIZE_PROJECTION);
      case AlterCommand.SetStatistics c ->
          table(c.modify() ? Privilege.ALTER_MODIFY_STATISTICS : Privilege.ALTER_ADD_STATISTICS);
      case AlterCommand.DropStatistics c ->
          table(
              c.verb().equals("MATERIALIZE")
                  ? Privilege.ALTER_MATERIALIZE_STATISTICS
                  : Privilege.ALTER_DROP_STATISTICS);
      case AlterCommand.PartCommand c -> part(c);
      case AlterCommand.CopyPartition c -> copy(c);
      case AlterCommand.MovePartition c ->
          table(
              c.target() == AlterCommand.MoveTarget.SHARD
                  ? Privilege.MOVE_PARTITION_BETWEEN_SHARDS
                  : Privilege.ALTER_MOVE_PARTITION);
      case AlterCommand.MovePartitionToTable c -> {
        access.check(Privilege.SELECT.set().plus(Privilege.ALTER_DELETE.set()), database, table);
        access.check(Privilege.INSERT, databaseOf.apply(c.table()), c.table().last());
      }
      case AlterCommand.FetchPartition _ -> table(Privilege.ALTER_FETCH_PARTITION);
      case AlterCommand.Freeze _ -> table(Privilege.ALTER_FREEZE_PARTITION);
      case AlterCommand.UnlockSnapshot _ -> table(Privilege.ALTER_UNLOCK_SNAPSHOT);
      case AlterCommand.Delete _ -> table(Privilege.ALTER_DELETE);
      case AlterCommand.Update c ->
          access.check(Privilege.ALTER_UPDATE, database, table, columns(c.assignments()));
      case AlterCommand.RewriteParts _ -> table(Privilege.ALTER_REWRITE_PARTS);
      case AlterCommand.Execute _ -> table(Privilege.ALTER_EXECUTE);
    }
  }

  private void part(AlterCommand.PartCommand c) {
    switch (c.action()) {
      case DROP, DETACH, DROP_DETACHED, FORGET -> table(Privilege.ALTER_DELETE);
      case ATTACH -> table(Privilege.INSERT);
    }
  }

  private void copy(AlterCommand.CopyPartition c) {
    access.check(Privilege.SELECT, databaseOf.apply(c.from()), c.from().last());
    if (c.replace()) {
      access.check(Privilege.ALTER_DELETE.set().plus(Privilege.INSERT.set()), database, table);
    } else {
      table(Privilege.INSERT);
    }
  }
}
