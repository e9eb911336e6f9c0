package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.distributed.insert.DistributedRows;
import io.longhouse.cluster.distributed.insert.InsertQueue;
import io.longhouse.cluster.distributed.insert.Queued;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.DistributedSource;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.TableExpression;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table that every shard of a cluster has. */
final class DistributedTable implements DistributedSource, Queued {
  private static final ColumnDefinition SHARD = ColumnDefinition.of(SHARD_NUM, IntegerType.UINT32);

  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final @Nullable CreateStatement definition;
  private final Supplier<Cluster> clusters;
  private final TableExpression.TableSource source;
  private final @Nullable DistributedRows rows;
  private final @Nullable Path dataPath;

  /**
   * @param clusters the cluster as it is now
   * @param source of each shard
   * @param rows how new rows get to the shards; null when they cannot
   * @param dataPath where rows wait that were not sent yet; null for nowhere
   */
  DistributedTable(
      TableId id,
      List<ColumnDefinition> columns,
      @Nullable CreateStatement definition,
      Supplier<Cluster> clusters,
      TableExpression.TableSource source,
      @Nullable DistributedRows rows,
      @Nullable Path dataPath) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.definition = definition;
    this.clusters = clusters;
    this.source = source;
    this.rows = rows;
    this.dataPath = dataPath;
  }

  @Override
  public TableId id() {
    return id;
  }

  @Override
  public String engine() {
    return "Distributed";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return columns;
  }

  @Override
  public List<ColumnDefinition> virtualColumns() {
    return List.of(SHARD);
  }

  @Override
  public @Nullable CreateStatement definition() {
    return definition;
  }

  @Override
  public TableExpression.TableSource source() {
    return source;
  }

  @Override
  public List<ShardRef> shards(QueryContext context) {
    return ShardReads.shards(clusters.get(), context);
  }

  @Override
  public @Nullable Routing routing(QueryContext context) {
    return rows == null ? null : rows.routing();
  }

  @Override
  public List<Lane> read(Plan.Remote remote, LongAdder beforeLimit, QueryContext context) {
    return ShardReads.lanes(clusters.get(), remote, beforeLimit, context);
  }

  /** New rows go to the one shard there is, or to that which the sharding key says. */
  @Override
  public TableWriter writer(QueryContext context) {
    if (rows == null) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Cannot insert into a table function of another server");
    }
    return rows.writer(context);
  }

  @Override
  public @Nullable InsertQueue insertQueue() {
    return rows == null ? null : rows.queue();
  }

  @Override
  public void start() {
    InsertQueue queue = insertQueue();
    if (queue != null) {
      queue.start();
    }
  }

  @Override
  public void close() {
    InsertQueue queue = insertQueue();
    if (queue != null) {
      queue.close();
    }
  }

  @Override
  public List<Path> dataPaths() {
    return dataPath == null ? List.of() : List.of(dataPath);
  }

  /** Forgets what was not sent; the shards' rows are the shards' own. */
  @Override
  public void truncate(QueryContext context) {
    InsertQueue queue = insertQueue();
    if (queue != null) {
      queue.clear();
    }
  }

  @Override
  public void drop() {
    InsertQueue queue = insertQueue();
    if (queue != null) {
      queue.remove();
    }
  }

  /** Whatever shard a row belongs to, this server has its table. */
  @Override
  public @Nullable Table passesRowsTo(QueryContext context) {
    return source instanceof TableExpression.NamedTable n
        ? context.require(Catalog.class).find(String.valueOf(n.name().qualifier()), n.name().last())
        : null;
  }

  @Override
  public void renamed(TableId newId) {
    id = newId;
  }
}
