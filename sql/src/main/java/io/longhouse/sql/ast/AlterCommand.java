package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of ALTER TABLE. */
public sealed interface AlterCommand {
  /** Where a column goes. */
  sealed interface Position {}

  /** {@code FIRST}. */
  record First() implements Position {}

  /** {@code AFTER column}. */
  record After(String column) implements Position {}

  /** {@code ADD COLUMN}. */
  record AddColumn(boolean ifNotExists, ColumnDeclaration column, @Nullable Position position)
      implements AlterCommand {}

  /** {@code DROP COLUMN}, {@code CLEAR COLUMN}. */
  record DropColumn(boolean clear, boolean ifExists, String column, @Nullable Partition partition)
      implements AlterCommand {}

  /** {@code MODIFY COLUMN} with new properties. */
  record ModifyColumn(boolean ifExists, ColumnDeclaration column, @Nullable Position position)
      implements AlterCommand {}

  /** {@code MODIFY COLUMN c REMOVE property}. */
  record RemoveColumnProperty(boolean ifExists, String column, String property)
      implements AlterCommand {}

  /** {@code MODIFY COLUMN c MODIFY SETTING ...}. */
  record ModifyColumnSetting(boolean ifExists, String column, List<Setting> settings)
      implements AlterCommand {}

  /** {@code MODIFY COLUMN c RESET SETTING ...}. */
  record ResetColumnSetting(boolean ifExists, String column, List<String> settings)
      implements AlterCommand {}

  /** {@code MODIFY COLUMN c ADD ENUM VALUES (...)}. */
  record AddEnumValues(boolean ifExists, String column, List<TypeArgument> values)
      implements AlterCommand {}

  /** {@code RENAME COLUMN}. */
  record RenameColumn(boolean ifExists, String from, String to) implements AlterCommand {}

  /** {@code COMMENT COLUMN}. */
  record CommentColumn(boolean ifExists, String column, String comment) implements AlterCommand {}

  /** {@code MATERIALIZE COLUMN}. */
  record MaterializeColumn(String column, @Nullable Partition partition) implements AlterCommand {}

  /** {@code MODIFY COMMENT}. */
  record ModifyComment(String comment) implements AlterCommand {}

  /** {@code MODIFY ORDER BY}. */
  record ModifyOrderBy(Expression orderBy) implements AlterCommand {}

  /** {@code MODIFY SAMPLE BY}. */
  record ModifySampleBy(Expression sampleBy) implements AlterCommand {}

  /** {@code REMOVE SAMPLE BY}. */
  record RemoveSampleBy() implements AlterCommand {}

  /** {@code MODIFY TTL}. */
  record ModifyTtl(List<TtlElement> ttl) implements AlterCommand {}

  /** {@code REMOVE TTL}. */
  record RemoveTtl() implements AlterCommand {}

  /** {@code MATERIALIZE TTL}. */
  record MaterializeTtl(@Nullable Partition partition) implements AlterCommand {}

  /** {@code MODIFY SETTING}. */
  record ModifySetting(List<Setting> settings) implements AlterCommand {}

  /** {@code RESET SETTING}. */
  record ResetSetting(List<String> settings) implements AlterCommand {}

  /** {@code MODIFY QUERY}. */
  record ModifyQuery(Query query) implements AlterCommand {}

  /** {@code MODIFY REFRESH}. */
  record ModifyRefresh(RefreshStrategy refresh) implements AlterCommand {}

  /** {@code MODIFY SQL SECURITY}, {@code MODIFY DEFINER}. */
  record ModifySqlSecurity(SqlSecurity security) implements AlterCommand {}

  /** {@code ADD INDEX}. */
  record AddIndex(
      boolean ifNotExists,
      boolean hypothetical,
      IndexDeclaration index,
      @Nullable Position position)
      implements AlterCommand {}

  /** {@code DROP INDEX}, {@code CLEAR INDEX}. */
  record DropIndex(boolean clear, boolean ifExists, String index, @Nullable Partition partition)
      implements AlterCommand {}

  /** {@code MATERIALIZE INDEX}. */
  record MaterializeIndex(boolean ifExists, String index, @Nullable Partition partition)
      implements AlterCommand {}

  /** {@code ADD CONSTRAINT}. */
  record AddConstraint(boolean ifNotExists, ConstraintDeclaration constraint)
      implements AlterCommand {}

  /** {@code DROP CONSTRAINT}. */
  record DropConstraint(boolean ifExists, String constraint) implements AlterCommand {}

  /** {@code MODIFY CONSTRAINT}. */
  record ModifyConstraint(boolean ifExists, ConstraintDeclaration constraint)
      implements AlterCommand {}

  /** {@code ADD PROJECTION}. */
  record AddProjection(
      boolean ifNotExists, ProjectionDeclaration projection, @Nullable Position position)
      implements AlterCommand {}

  /** {@code DROP PROJECTION}, {@code CLEAR PROJECTION}. */
  record DropProjection(
      boolean clear, boolean ifExists, String projection, @Nullable Partition partition)
      implements AlterCommand {}

  /** {@code MATERIALIZE PROJECTION}. */
  record MaterializeProjection(boolean ifExists, String projection, @Nullable Partition partition)
      implements AlterCommand {}

  /** {@code ADD STATISTICS} and {@code MODIFY STATISTICS}. */
  record SetStatistics(
      boolean modify, boolean ifNotExists, List<String> columns, List<FunctionCall> types)
      implements AlterCommand {}

  /** {@code DROP}, {@code CLEAR} and {@code MATERIALIZE STATISTICS}; no columns stand for ALL. */
  record DropStatistics(
      String verb, boolean ifExists, List<String> columns, @Nullable Partition partition)
      implements AlterCommand {}

  /** {@code DROP PARTITION}, {@code DETACH PART} and what else takes parts away or in. */
  record PartCommand(PartAction action, boolean part, Partition partition)
      implements AlterCommand {}

  /** What happens to a partition or part. */
  enum PartAction {
    DROP("DROP"),
    DETACH("DETACH"),
    ATTACH("ATTACH"),
    DROP_DETACHED("DROP DETACHED"),
    FORGET("FORGET");

    private final String sql;

    PartAction(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }

  /** {@code ATTACH PARTITION p FROM t}, {@code REPLACE PARTITION p FROM t}. */
  record CopyPartition(boolean replace, Partition partition, Identifier from)
      implements AlterCommand {}

  /** {@code MOVE PARTITION p TO ...}. */
  record MovePartition(boolean part, Partition partition, MoveTarget target, String name)
      implements AlterCommand {}

  /** {@code MOVE PARTITION p TO TABLE t}. */
  record MovePartitionToTable(Partition partition, Identifier table) implements AlterCommand {}

  /** Where {@code MOVE} goes. */
  enum MoveTarget {
    DISK,
    VOLUME,
    SHARD
  }

  /** {@code FETCH PARTITION p FROM 'path'}. */
  record FetchPartition(boolean part, Partition partition, String from) implements AlterCommand {}

  /** {@code FREEZE [PARTITION p] [WITH NAME 'n']}, {@code UNFREEZE}. */
  record Freeze(boolean unfreeze, @Nullable Partition partition, @Nullable String name)
      implements AlterCommand {}

  /** {@code UNLOCK SNAPSHOT 'name'}. */
  record UnlockSnapshot(String name, @Nullable FunctionCall from) implements AlterCommand {}

  /** {@code DELETE WHERE}. */
  record Delete(@Nullable Partition partition, Expression where) implements AlterCommand {}

  /** {@code UPDATE ... WHERE}. */
  record Update(List<Assignment> assignments, @Nullable Partition partition, Expression where)
      implements AlterCommand {}

  /** {@code APPLY DELETED MASK}, {@code APPLY PATCHES}, {@code REWRITE PARTS}. */
  record RewriteParts(String words, @Nullable Partition partition) implements AlterCommand {}

  /** {@code EXECUTE command(arguments)} of tables that are catalogs. */
  record Execute(FunctionCall command) implements AlterCommand {}
}
