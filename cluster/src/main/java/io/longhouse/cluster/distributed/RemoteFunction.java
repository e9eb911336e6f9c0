package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableId;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.TableExpression;
import java.util.List;

/**
 * {@code remote('addresses', db.table)}, {@code cluster('name', db, table)} and their kin: a table,
 * or a table function, of other servers.
 */
@Register(
    kind = TableFunction.class,
    name = "remote",
    doc = "A table of servers given by their addresses.")
@Register(
    kind = TableFunction.class,
    name = "remoteSecure",
    doc = "A table of servers given by their addresses, over TLS.")
@Register(
    kind = TableFunction.class,
    name = "cluster",
    doc = "A table of one replica of every shard of a cluster.")
@Register(
    kind = TableFunction.class,
    name = "clusterAllReplicas",
    doc = "A table of all servers of a cluster.")
final class RemoteFunction implements TableFunction {
  private final String name;

  RemoteFunction(String name) {
    this.name = name;
  }

  @Override
  public Table create(FunctionCall call, Arguments arguments) {
    List<Expression> args = call.arguments();
    if (args.isEmpty() || args.size() > 6) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Table function '"
              + name
              + "' requires from 1 to 6 parameters: <addresses pattern or cluster name>, <name of"
              + " remote database>, <name of remote table> and others");
    }
    Cluster cluster =
        cluster(arguments.text(args.getFirst()), arguments.context().require(Clusters.class));
    TableExpression.TableSource source = source(args.subList(1, args.size()), arguments);
    Table table =
        source instanceof TableExpression.TableFunction f
            ? arguments.tableFunction(f.call())
            : arguments.tables().require(((TableExpression.NamedTable) source).name());
    List<ColumnDefinition> columns =
        table.columns().stream()
            .filter(ColumnDefinition::isStored)
            .map(c -> ColumnDefinition.of(c.name(), c.type()))
            .toList();
    return new DistributedTable(
        TableId.of("_table_function", name), columns, null, cluster, source, args.size() > 5);
  }

  private Cluster cluster(String given, Clusters clusters) {
    if (name.startsWith("remote")) {
      return clusters.ofAddresses(given, "default", "", name.equals("remoteSecure"));
    }
    Cluster named = clusters.require(given);
    return name.equals("cluster") ? named : named.ofAllReplicas();
  }

  private TableExpression.TableSource source(List<Expression> args, Arguments arguments) {
    if (args.isEmpty()) {
      return new TableExpression.NamedTable(Identifier.of("system", "one"));
    }
    Expression first = args.getFirst().bare();
    if (first instanceof FunctionCall f
        && Registry.of(TableFunction.class).find(f.name()) != null) {
      return new TableExpression.TableFunction(f, List.of());
    }
    if (first instanceof Identifier id && id.parts().size() > 1) {
      return new TableExpression.NamedTable(id);
    }
    String database = arguments.text(first);
    int dot = database.indexOf('.');
    if (args.size() == 1 && dot < 0) {
      return new TableExpression.NamedTable(
          Identifier.of(arguments.context().currentDatabase(), database));
    }
    return new TableExpression.NamedTable(
        dot > 0
            ? Identifier.of(database.substring(0, dot), database.substring(dot + 1))
            : Identifier.of(database, arguments.text(args.get(1))));
  }
}
