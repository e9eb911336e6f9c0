package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.combine.ForwardedRows;
import io.longhouse.sql.ast.Identifier;
import java.util.List;

/** This server's own table, written to as part of the same query. */
final class LocalTarget implements ShardTarget {
  private final ForwardedRows rows;

  LocalTarget(Identifier table, List<ColumnDefinition> columns, StatementContext context) {
    String database = table.qualifier();
    context
        .query()
        .require(SessionAccess.class)
        .check(
            Privilege.INSERT,
            database == null ? context.query().currentDatabase() : database,
            table.last());
    this.rows = new ForwardedRows(context.tables().require(table), columns, context);
  }

  @Override
  public void write(Block block) {
    rows.write(block);
  }

  @Override
  public void finish() {
    rows.finish();
  }

  @Override
  public void abort() {
    rows.abort();
  }
}
