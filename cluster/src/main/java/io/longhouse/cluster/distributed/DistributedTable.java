package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.distributed.insert.DistributedRows;
import io.longhouse.cluster.distributed.insert.InsertQueue;
import io.longhouse.cluster.distributed.insert.Queued;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.engine.table.View;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table that every shard of a cluster has: it is analysed as the UNION ALL of a query of each,
 * with the columns converted to this table's types.
 */
final class DistributedTable implements View, Queued {
  private static final ColumnDefinition SHARD =
      ColumnDefinition.of("_shard_num", IntegerType.UINT32);

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
  public Query query() {
    Cluster cluster = clusters.get();
    checkReachable(cluster);
    List<Query> queries = new ArrayList<>();
    for (int shard = 1; shard <= cluster.shards().size(); shard++) {
      queries.add(ofShard(shard));
    }
    return queries.size() == 1
        ? queries.getFirst()
        : new SetOperation(
            queries, Collections.nCopies(queries.size() - 1, SetOperation.Operator.UNION_ALL));
  }

  /** Shards that this server has no replica of cannot be read yet. */
  private static void checkReachable(Cluster cluster) {
    for (Shard s : cluster.shards()) {
      if (s.local() == null) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Reading from other servers is not implemented: " + s.addresses());
      }
    }
  }

  private Query ofShard(int shard) {
    List<Expression> projection = new ArrayList<>();
    for (ColumnDefinition c : columns) {
      if (c.isStored()) {
        projection.add(new Aliased(cast(Identifier.of(c.name()), c), c.name()));
      }
    }
    projection.add(new Aliased(cast(Literal.of(shard), SHARD), SHARD.name()));
    return new Select(
        null,
        false,
        projection,
        new From(TableExpression.of(source), List.of()),
        null,
        null,
        null,
        null,
        List.of(),
        null,
        List.of(),
        false,
        null,
        null,
        null,
        List.of());
  }

  private static Expression cast(Expression value, ColumnDefinition to) {
    return FunctionCall.call("_CAST", value, Literal.of(to.type().name()));
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
