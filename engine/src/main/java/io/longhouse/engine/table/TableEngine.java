package io.longhouse.engine.table;

import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.FunctionCall;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tables of one engine; registered under the engine's name. */
public interface TableEngine {
  /**
   * What a table is made of.
   *
   * @param statement the normalised statement: all columns with types, the engine named
   * @param attach whether the table exists already and is loaded
   * @param dataPath where its data lie or will lie; null when the server keeps nothing on disk
   */
  record Definition(
      TableId id,
      List<ColumnDefinition> columns,
      CreateTable statement,
      boolean attach,
      @Nullable Path dataPath,
      Analyzer analyzer,
      QueryContext context) {
    public Definition {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @throws io.longhouse.sql.LonghouseException when the engine's arguments or the table's columns
   *     do not fit
   */
  Table create(Definition definition);

  /**
   * The columns of a table that is made without a list of them; null where one is needed.
   *
   * @param id the table to be made
   */
  default @Nullable List<ColumnDefinition> inferredColumns(
      FunctionCall engine, TableId id, Analyzer analyzer, QueryContext context) {
    return null;
  }

  /**
   * Removes what is elsewhere of a table that was dropped and will not come back; the table itself
   * is closed.
   */
  default void forget(TableId id, CreateTable definition, QueryContext context) {}

  /** Whether a statement may list the columns. */
  default boolean hasDeclaredColumns() {
    return true;
  }

  /** Whether tables of the engine can have ORDER BY, PARTITION BY and the like. */
  default boolean supportsSortOrder() {
    return false;
  }

  /** Whether {@code SETTINGS} may stand behind the engine. */
  default boolean supportsSettings() {
    return false;
  }
}
