package io.longhouse.engine.table;

import io.longhouse.column.Header;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.storage.mergetree.PartCheck;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table of any engine. What an engine cannot do answers NOT_IMPLEMENTED (48) or what ClickHouse
 * answers.
 */
public interface Table {
  TableId id();

  /** The engine's name, as {@code system.tables} shows it. */
  String engine();

  /** All columns in their order. */
  List<ColumnDefinition> columns();

  /**
   * Columns that are not part of the table but can be named in a query: {@code _part} and the like.
   */
  default List<ColumnDefinition> virtualColumns() {
    return List.of();
  }

  /** The statement that makes the table, for SHOW CREATE; null where there is none. */
  default @Nullable CreateStatement definition() {
    return null;
  }

  Scan scan(ScanRequest request, QueryContext context);

  /** Whether {@link #scan} can read a share of the rows, {@code SAMPLE}. */
  default boolean supportsSampling() {
    return false;
  }

  /** Whether {@link #scan} can merge rows of equal keys while reading, {@code FINAL}. */
  default boolean supportsFinal() {
    return false;
  }

  /** Changes whenever the columns do. */
  default long columnsVersion() {
    return 0;
  }

  /**
   * Whether the table still has the columns that a plan is made for; an ALTER does not wait for
   * those who are about to read.
   */
  default boolean stillHas(Header planned) {
    return true;
  }

  /**
   * A way to write.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) or TABLE_IS_READ_ONLY (242)
   */
  default TableWriter writer(QueryContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Method write is not supported by storage " + engine());
  }

  /**
   * A way to write what goes to a place of its own for each value of {@code key}, an expression
   * over the stored columns: {@code PARTITION BY} of an INSERT.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48)
   */
  default TableWriter partitionedWriter(Expr key, QueryContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Partition by is not supported by storage " + engine());
  }

  /** The exact number of rows when it is known without reading. */
  default OptionalLong totalRows() {
    return OptionalLong.empty();
  }

  /** How many rows there are at most, deleted ones perhaps among them, when that is known. */
  default OptionalLong rowsAtMost() {
    return totalRows();
  }

  /** Bytes on disk or in memory when known without reading. */
  default OptionalLong totalBytes() {
    return OptionalLong.empty();
  }

  /** The folders with the table's data. */
  default List<java.nio.file.Path> dataPaths() {
    return List.of();
  }

  /** Whether those folders are the table's own and not another one's. */
  default boolean hasOwnData() {
    return !dataPaths().isEmpty();
  }

  /** The table whose rows a read of this one shows besides its own, or null. */
  default @Nullable Table showsRowsOf(QueryContext context) {
    return null;
  }

  /** The table that rows written to this one go on to, now or later, or null. */
  default @Nullable Table passesRowsTo(QueryContext context) {
    return showsRowsOf(context);
  }

  /**
   * Whether rows with different values of a column stay rows of their own: no row takes the place
   * of another, and no two become one.
   */
  default boolean keepsApart(String column) {
    return true;
  }

  /** Whether an index knows where values of a column are, because rows are sorted by it. */
  default boolean isKey(String column) {
    return false;
  }

  /** How the table stands among its replicas; null where it has none. */
  default @Nullable ReplicaState replicaState() {
    return null;
  }

  /** Removes all rows. */
  default void truncate(QueryContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Truncate is not supported by storage " + engine());
  }

  /**
   * Applies the commands of one ALTER in their order, all or none of those that change the schema.
   */
  default void alter(List<AlterCommand> commands, StatementContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Alter of storage " + engine() + " is not supported");
  }

  /**
   * Waits until all is done that earlier ALTERs have to do to the rows, and tries at once what
   * failed before.
   *
   * @param check throws when the wait is to end
   * @throws LonghouseException UNFINISHED (341) with the reason when it fails again
   */
  default void finishAlters(Runnable check) {}

  /**
   * {@code CHECK TABLE}: reads the files and says of each part or file whether it is sound.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48)
   */
  default List<PartCheck.Result> check(CheckTable statement, StatementContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Check query is not supported for " + engine() + " storage");
  }

  /** Merges parts. */
  default void optimize(Optimize statement, StatementContext context) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Method optimize is not supported by storage " + engine());
  }

  /** The same table under another name. */
  default void renamed(TableId newId) {
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Rename of storage " + engine() + " is not supported");
  }

  /** Begins background work; called once, when the table is in the catalog. */
  default void start() {}

  /** Ends background work and gives up files; the data stay. */
  default void close() {}

  /** Removes the data; called after {@link #close}. */
  default void drop() {}

  /** The definition of a column, or of a virtual one, or null. */
  default @Nullable ColumnDefinition column(String name) {
    for (ColumnDefinition c : columns()) {
      if (c.name().equals(name)) {
        return c;
      }
    }
    for (ColumnDefinition c : virtualColumns()) {
      if (c.name().equals(name)) {
        return c;
      }
    }
    return null;
  }
}
