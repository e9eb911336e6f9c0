package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.distributed.insert.DistributedRows;
import io.longhouse.cluster.distributed.insert.QueueOptions;
import io.longhouse.cluster.distributed.insert.ShardingKey;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.SettingText;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableEngine;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.sql.ast.TableExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** {@code ENGINE = Distributed(cluster, database, table[, sharding_key[, policy]])}. */
@Register(
    kind = TableEngine.class,
    name = "Distributed",
    doc = "Reads a table of every shard of a cluster as one.")
final class DistributedEngine implements TableEngine {
  @Override
  public boolean supportsSettings() {
    return true;
  }

  @Override
  public Table create(Definition d) {
    StorageClause storage = Objects.requireNonNull(d.statement().storage());
    FunctionCall engine = Objects.requireNonNull(storage.engine());
    List<Expression> args = engine.arguments();
    if (args.size() < 3 || args.size() > 5) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Storage Distributed requires from 3 to 5 parameters - name of configuration section with"
              + " list of remote servers, name of remote database, name of remote table, sharding"
              + " key expression (optional), policy to store data in (optional).");
    }
    List<Expression> complete = new ArrayList<>();
    for (Expression e : args.subList(0, 3)) {
      complete.add(Literal.of(text(e, d)));
    }
    complete.addAll(args.subList(3, args.size()));
    String database = text(args.get(1), d);
    Identifier target =
        Identifier.of(
            database.isEmpty() ? d.context().currentDatabase() : database, text(args.get(2), d));
    String name = text(args.getFirst(), d);
    Clusters clusters = d.context().require(Clusters.class);
    if (!d.attach()) {
      clusters.require(name);
    }
    Supplier<Cluster> cluster = () -> clusters.require(name);
    DistributedRows rows =
        DistributedRows.of(
            d.id().toString(),
            d.columns(),
            cluster,
            target,
            args.size() > 3 ? ShardingKey.of(args.get(3), d.columns(), d.analyzer()) : null,
            d.dataPath(),
            new QueueOptions(written(storage), d.context().settings()),
            d.context().require(LocalEngine.class));
    return new DistributedTable(
        d.id(),
        d.columns(),
        withEngine(d.statement(), FunctionCall.call(engine.name(), complete)),
        cluster,
        new TableExpression.NamedTable(target),
        rows,
        d.dataPath());
  }

  private static Map<String, String> written(StorageClause storage) {
    Map<String, String> written = new LinkedHashMap<>();
    for (Setting s : storage.settings()) {
      Expression value = s.value();
      if (value != null) {
        written.put(s.name(), SettingText.of(value));
      }
    }
    return written;
  }

  private static String text(Expression e, Definition d) {
    if (e.bare() instanceof Identifier id) {
      return id.name();
    }
    var c = d.analyzer().constant(e);
    return c.type().textOf(c.value(), 0);
  }

  private static CreateTable withEngine(CreateTable s, FunctionCall engine) {
    StorageClause storage = Objects.requireNonNull(s.storage());
    return new CreateTable(
        s.head(),
        s.schema(),
        new StorageClause(
            engine,
            storage.partitionBy(),
            storage.primaryKey(),
            storage.orderBy(),
            storage.sampleBy(),
            storage.uniqueKey(),
            storage.ttl(),
            storage.settings()),
        s.source(),
        s.empty(),
        s.comment(),
        s.attachFrom(),
        s.attachAsReplicated());
  }
}
