package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Shard;
import io.longhouse.column.Block;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.TableWriter;
import io.longhouse.engine.table.View;
import io.longhouse.engine.table.combine.ForwardedRows;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that every shard of a cluster has: it is analysed as the UNION ALL of a query of each,
 * with the columns converted to this table's types.
 */
final class DistributedTable implements View {
  private static final ColumnDefinition SHARD =
      ColumnDefinition.of("_shard_num", IntegerType.UINT32);

  private volatile TableId id;
  private final List<ColumnDefinition> columns;
  private final @Nullable CreateStatement definition;
  private final Cluster cluster;
  private final TableExpression.TableSource source;
  private final boolean hasShardingKey;

  /**
   * @param source of each shard
   * @param hasShardingKey whether it is said which shard a new row belongs to
   */
  DistributedTable(
      TableId id,
      List<ColumnDefinition> columns,
      @Nullable CreateStatement definition,
      Cluster cluster,
      TableExpression.TableSource source,
      boolean hasShardingKey) {
    this.id = id;
    this.columns = List.copyOf(columns);
    this.definition = definition;
    this.cluster = cluster;
    this.source = source;
    this.hasShardingKey = hasShardingKey;
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
    checkReachable();
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
  private void checkReachable() {
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
    if (!(source instanceof TableExpression.NamedTable named)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Cannot insert into a table function of another server");
    }
    if (cluster.shards().size() > 1 && !hasShardingKey) {
      throw new LonghouseException(
          ErrorCode.STORAGE_REQUIRES_PARAMETER,
          "Method write is not supported by storage Distributed with more than one shard and no"
              + " sharding key provided");
    }
    checkReachable();
    context
        .require(SessionAccess.class)
        .check(
            Privilege.INSERT,
            java.util.Objects.requireNonNull(named.name().qualifier()),
            named.name().last());
    List<ColumnDefinition> stored = columns.stream().filter(ColumnDefinition::isStored).toList();
    List<Block> blocks = new ArrayList<>();
    return new TableWriter() {
      @Override
      public void write(Block block) {
        blocks.add(block);
      }

      @Override
      public void finish() {
        context
            .require(LocalEngine.class)
            .internally(inside -> {
              Table to = inside.tables().require(named.name());
              ForwardedRows.insert(to, stored, blocks, inside);
            });
      }
    };
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
