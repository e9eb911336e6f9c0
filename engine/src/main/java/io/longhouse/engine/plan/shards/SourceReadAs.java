package io.longhouse.engine.plan.shards;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.TableId;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.TableExpression;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A distributed table that a view reads as its definer: so is this server's table behind it.
 *
 * @param access of whom the view says
 */
public record SourceReadAs(DistributedSource table, SessionAccess access)
    implements DistributedSource {
  /** The table as it is read at some place of a query. */
  public static DistributedSource of(
      DistributedSource table, SessionAccess reader, QueryContext context) {
    return reader == context.require(SessionAccess.class) ? table : new SourceReadAs(table, reader);
  }

  @Override
  public TableId id() {
    return table.id();
  }

  @Override
  public String engine() {
    return table.engine();
  }

  @Override
  public List<ColumnDefinition> columns() {
    return table.columns();
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    return table.virtualColumns();
  }

  @Override
  public @Nullable CreateStatement definition() {
    return table.definition();
  }

  @Override
  public TableExpression.TableSource source() {
    return table.source();
  }

  @Override
  public List<ShardRef> shards(QueryContext context) {
    return table.shards(context);
  }

  @Override
  public @Nullable Routing routing(QueryContext context) {
    return table.routing(context);
  }

  @Override
  public List<Lane> read(Plan.Remote remote, LongAdder beforeLimit, QueryContext context) {
    return table.read(remote, beforeLimit, context);
  }
}
