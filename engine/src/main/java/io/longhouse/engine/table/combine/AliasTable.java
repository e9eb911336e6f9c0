package io.longhouse.engine.table.combine;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Scan;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AlterCommand;
import io.longhouse.sql.ast.CheckTable;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Optimize;
import io.longhouse.storage.mergetree.PartCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code ENGINE = Alias}: another name of a table. It has the target's columns and rows as they are
 * at the moment; dropping and renaming it leaves the target alone.
 *
 * <p>A user needs the privilege on both names. Row policies of the target hold for who comes
 * through the alias, since the analysis reads, and {@link
 * io.longhouse.engine.statement.AliasedStatements} changes, the target itself.
 */
public final class AliasTable implements Table {
  private volatile TableId id;
  private final String database;
  private final String table;
  private final CreateTable definition;
  private final Catalog catalog;

  /**
   * @param database of the target
   * @param table the target, which need not exist yet
   */
  AliasTable(TableId id, String database, String table, CreateTable definition, Catalog catalog) {
    this.id = id;
    this.database = database;
    this.table = table;
    this.definition = definition;
    this.catalog = catalog;
  }

  /** The table behind the name, null while there is none. */
  public @Nullable Table found() {
    Table t = catalog.find(database, table);
    return t instanceof AliasTable ? null : t; // else a renaming could make a circle
  }

  /**
   * The table behind the name.
   *
   * @throws LonghouseException UNKNOWN_TABLE (60)
   */
  public Table target() {
    Table t = found();
    if (t == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TABLE, "Table " + database + "." + table + " does not exist");
    }
    return t;
  }

  /** The table behind the name, for who has the privilege on it too. */
  public Table target(Privilege privilege, QueryContext context) {
    Table t = target();
    context.require(SessionAccess.class).check(privilege, t.id().database(), t.id().name());
    return t;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "Alias";
  }

  @Override
  public List<ColumnDefinition> columns() {
    Table t = found();
    return t == null ? List.of() : t.columns();
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    Table t = found();
    return t == null ? List.of() : t.virtualColumns();
  }

  @Override
  public CreateTable definition() {
    return definition;
  }

  @Override
  public Scan scan(ScanRequest request, QueryContext context) {
    return target(Privilege.SELECT, context).scan(request, context);
  }

  @Override
  public boolean supportsSampling() {
    Table t = found();
    return t != null && t.supportsSampling();
  }

  @Override
  public boolean supportsFinal() {
    Table t = found();
    return t != null && t.supportsFinal();
  }

  @Override
  public long columnsVersion() {
    Table t = found();
    return t == null ? 0 : t.columnsVersion();
  }

  @Override
  public @Nullable Table showsRowsOf(QueryContext context) {
    return found();
  }

  @Override
  public TableWriter writer(QueryContext context) {
    return target(Privilege.INSERT, context).writer(context);
  }

  @Override
  public OptionalLong totalRows() {
    Table t = found();
    return t == null ? OptionalLong.empty() : t.totalRows();
  }

  @Override
  public OptionalLong rowsAtMost() {
    Table t = found();
    return t == null ? OptionalLong.empty() : t.rowsAtMost();
  }

  @Override
  public OptionalLong totalBytes() {
    Table t = found();
    return t == null ? OptionalLong.empty() : t.totalBytes();
  }

  @Override
  public List<Path> dataPaths() {
    Table t = found();
    return t == null ? List.of() : t.dataPaths();
  }

  @Override
  public boolean hasOwnData() {
    return false;
  }

  @Override
  public void truncate(QueryContext context) {
    target(Privilege.TRUNCATE, context).truncate(context);
  }

  @Override
  public void alter(List<AlterCommand> commands, StatementContext context) {
    target(Privilege.ALTER_TABLE, context.query()).alter(commands, context);
  }

  @Override
  public List<PartCheck.Result> check(CheckTable statement, StatementContext context) {
    return target(Privilege.CHECK, context.query()).check(statement, context);
  }

  @Override
  public void optimize(Optimize statement, StatementContext context) {
    target(Privilege.OPTIMIZE, context.query()).optimize(statement, context);
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
