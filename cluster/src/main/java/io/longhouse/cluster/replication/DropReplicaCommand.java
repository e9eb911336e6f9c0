package io.longhouse.cluster.replication;

import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperService;
import io.longhouse.engine.catalog.Database;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.engine.statement.SystemCommand;
import io.longhouse.engine.table.Table;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.SystemArgument;
import io.longhouse.sql.ast.SystemStatement;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code SYSTEM DROP REPLICA 'r' [FROM TABLE t | FROM DATABASE d | FROM ZKPATH 'p']}: takes a
 * replica that is dead for good out of Keeper. Without more, out of all tables of this server.
 */
@Register(kind = SystemCommand.class, name = "DROP REPLICA")
final class DropReplicaCommand implements SystemCommand {
  @Override
  public void run(SystemStatement statement, StatementContext context) {
    String replica = "";
    List<Replica> tables = null;
    for (SystemArgument a : statement.arguments()) {
      switch (a) {
        case SystemArgument.Value v when v.word() == null -> replica = text(v);
        case SystemArgument.Value v when "FROM ZKPATH".equals(v.word()) -> {
          dropAt(KeeperPaths.plain(text(v)), replica, context);
          return;
        }
        case SystemArgument.Table t -> {
          Table table = context.tables().require(t.table());
          Replica own = ReplicasOf.of(table);
          if (own == null) {
            throw new LonghouseException(
                ErrorCode.BAD_ARGUMENTS, "Table " + table.id() + " is not replicated");
          }
          tables = List.of(own);
        }
        case SystemArgument.Name n -> tables = of(n.name(), context);
        default ->
            throw new LonghouseException(
                ErrorCode.NOT_IMPLEMENTED, "SYSTEM DROP REPLICA with " + a + " is not implemented");
      }
    }
    List<Replica> concerned =
        tables == null
            ? List.copyOf(context.query().require(ReplicatedTables.class).all())
            : tables;
    for (Replica r : concerned) {
      if (r.path().replica().equals(replica)) {
        throw new LonghouseException(
            ErrorCode.TABLE_WAS_NOT_DROPPED,
            "We can't drop local replica, please use `DROP TABLE` if you want to clean the data and"
                + " drop this replica");
      }
    }
    for (Replica r : concerned) {
      drop(new ReplicaPath(r.path().table(), replica), context);
    }
  }

  private static String text(SystemArgument.Value v) {
    return ((Literal.StringLiteral) v.value()).value();
  }

  private static List<Replica> of(String database, StatementContext context) {
    Database found = context.catalog().find(database);
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_DATABASE, "Database " + database + " does not exist");
    }
    List<Replica> all = new ArrayList<>();
    for (Table t : found.tables()) {
      Replica r = ReplicasOf.of(t);
      if (r != null) {
        all.add(r);
      }
    }
    return all;
  }

  private static void dropAt(String table, String replica, StatementContext context) {
    var path = new ReplicaPath(table, replica);
    Replica local = context.query().require(ReplicatedTables.class).find(path.own());
    if (local != null) {
      throw new LonghouseException(
          ErrorCode.TABLE_WAS_NOT_DROPPED,
          "There is a local table "
              + local.table().id()
              + ", which has the same table path in ZooKeeper. Please check the path in query. If"
              + " you want to drop replica of this table, use `DROP TABLE`");
    }
    drop(path, context);
  }

  private static void drop(ReplicaPath path, StatementContext context) {
    Keeper keeper = KeeperService.require(context.query());
    if (keeper.exists(path.own("is_active")) != null) {
      throw new LonghouseException(
          ErrorCode.TABLE_WAS_NOT_DROPPED,
          "Can't drop replica: " + path.replica() + ", because it's active");
    }
    new Registration(keeper, path).drop();
  }
}
