package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.distributed.insert.DistributedRows;
import io.longhouse.cluster.distributed.insert.ShardingKey;
import io.longhouse.engine.statement.StatementContext;
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
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.TableExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    TableExpression.TableSource source = source(args.subList(1, args.size()), arguments);
    Rest rest =
        rest(
            args.subList(Math.min(args.size(), 1 + sourceLength(args, source)), args.size()),
            arguments);
    Cluster cluster = cluster(arguments.text(args.getFirst()), rest, arguments);
    List<ColumnDefinition> columns = columns(cluster, source, arguments);
    DistributedRows rows =
        source instanceof TableExpression.NamedTable n
            ? new DistributedRows(
                name, columns, () -> cluster, n.name(), key(rest, columns, arguments), null)
            : null;
    return new DistributedTable(
        TableId.of("_table_function", name), columns, null, () -> cluster, source, rows, null);
  }

  private static List<ColumnDefinition> columns(
      Cluster cluster, TableExpression.TableSource source, Arguments arguments) {
    if (cluster.shards().stream().allMatch(s -> s.local() == null)) {
      return RemoteSchema.of(cluster, source, arguments.context());
    }
    Table table =
        source instanceof TableExpression.TableFunction f
            ? arguments.tableFunction(f.call())
            : arguments.tables().require(((TableExpression.NamedTable) source).name());
    return table.columns().stream()
        .filter(ColumnDefinition::isStored)
        .map(c -> ColumnDefinition.of(c.name(), c.type()))
        .toList();
  }

  /** What stands behind the table: {@code user [, password] [, sharding_key]}. */
  private record Rest(String user, String password, @Nullable Expression key) {}

  private Rest rest(List<Expression> args, Arguments arguments) {
    String user = "default";
    String password = "";
    int at = 0;
    if (name.startsWith("remote")) {
      if (at < args.size() && isText(args.get(at))) {
        user = arguments.text(args.get(at++));
      }
      if (at < args.size() && isText(args.get(at))) {
        password = arguments.text(args.get(at++));
      }
    }
    Expression key = at < args.size() ? args.get(at++) : null;
    if (at < args.size()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Too many arguments of table function " + name);
    }
    return new Rest(user, password, key);
  }

  private static boolean isText(Expression e) {
    return e.bare() instanceof Literal.StringLiteral;
  }

  private static @Nullable ShardingKey key(
      Rest rest, List<ColumnDefinition> columns, Arguments arguments) {
    Expression key = rest.key;
    return key == null
        ? null
        : ShardingKey.of(
            key, columns, arguments.context().require(StatementContext.class).analyzer());
  }

  private Cluster cluster(String given, Rest rest, Arguments arguments) {
    Clusters clusters = arguments.context().require(Clusters.class);
    if (name.startsWith("remote")) {
      return clusters.ofAddresses(given, rest.user, rest.password, name.equals("remoteSecure"));
    }
    Cluster named = clusters.require(given);
    return name.equals("cluster") ? named : named.ofAllReplicas();
  }

  /** How many arguments say which table. */
  private static int sourceLength(List<Expression> args, TableExpression.TableSource source) {
    if (args.size() == 1) {
      return 0;
    }
    Expression first = args.get(1).bare();
    boolean whole =
        source instanceof TableExpression.TableFunction
            || first instanceof Identifier id && id.parts().size() > 1
            || first instanceof Literal.StringLiteral s && s.value().indexOf('.') > 0
            || args.size() == 2;
    return whole ? 1 : 2;
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
