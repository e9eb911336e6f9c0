package io.longhouse.cluster.database;

import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Literal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a replica of a database is in Keeper.
 *
 * @param root of the database
 */
record ReplicaNodes(String root, String shard, String replica) {
  /**
   * @param call {@code Replicated(path, shard, replica)} without macros
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  static ReplicaNodes of(@Nullable FunctionCall call) {
    List<Expression> a = call == null ? List.of() : call.arguments();
    if (a.size() == 3
        && a.get(0).bare() instanceof Literal.StringLiteral path
        && a.get(1).bare() instanceof Literal.StringLiteral shard
        && a.get(2).bare() instanceof Literal.StringLiteral replica) {
      var nodes = new ReplicaNodes(KeeperPaths.plain(path.value()), shard.value(), replica.value());
      nodes.check();
      return nodes;
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Replicated database has no path, shard and replica");
  }

  private void check() {
    if (root.isEmpty() || shard.isEmpty() || replica.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "ZooKeeper path, shard and replica names must be non-empty");
    }
    for (String bad : List.of("/", "|")) {
      if (shard.contains(bad) || replica.contains(bad)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Shard and replica names should not contain '" + bad + "'");
      }
    }
  }

  /** {@code shard|replica}. */
  String name() {
    return shard + "|" + replica;
  }

  String own() {
    return replicas() + "/" + name();
  }

  String replicas() {
    return root + "/replicas";
  }

  String log() {
    return root + "/log";
  }

  String metadata() {
    return root + "/metadata";
  }

  String maxLogPtr() {
    return root + "/max_log_ptr";
  }
}
