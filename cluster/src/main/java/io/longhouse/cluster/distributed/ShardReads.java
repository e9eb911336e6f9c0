package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.RemoteQuery;
import io.longhouse.cluster.connection.RemoteRequest;
import io.longhouse.engine.exec.Lane;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.DistributedSource.ShardRef;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.format.Formatter;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.TablesStatus;
import io.longhouse.wire.connection.ClientQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Asking the shards of a cluster. */
final class ShardReads {
  private ShardReads() {}

  /** What a replica must have to be asked; null where that is not a table. */
  private static TablesStatus.@Nullable Name table(TableExpression.TableSource source) {
    if (!(source instanceof TableExpression.NamedTable n)) {
      return null;
    }
    String database = n.name().qualifier();
    return new TablesStatus.Name(database == null ? "" : database, n.name().last());
  }

  static List<ShardRef> shards(Cluster cluster, QueryContext context) {
    boolean preferLocal = context.settings().isOn("prefer_localhost_replica");
    List<ShardRef> shards = new ArrayList<>();
    for (Shard s : cluster.shards()) {
      shards.add(new ShardRef(s.number(), preferLocal && s.local() != null));
    }
    return shards;
  }

  /** A lane for each shard, which is asked at once. */
  static List<Lane> lanes(
      Cluster cluster, Plan.Remote remote, LongAdder beforeLimit, QueryContext context) {
    Connections connections = context.require(Connections.class);
    Map<String, NamedBlock> sent = new HashMap<>();
    remote
        .sent()
        .forEach((name, v) -> sent.put(name, new NamedBlock(v.header(), v.blocks().getFirst())));
    List<Lane> lanes = new ArrayList<>();
    for (Plan.Asked q : remote.queries()) {
      Shard shard = cluster.shards().get(q.shard() - 1);
      String sql = Formatter.formatOneLine(q.query());
      var request =
          new RemoteRequest(
              sql, ClientQuery.COMPLETE, Map.of(), sent, table(remote.source().source()));
      var query = new RemoteQuery(connections, shard, request, context);
      lanes.add(
          new ShardLane(
              "shard " + q.shard() + " of " + remote.source().id(),
              query,
              remote.header(),
              beforeLimit,
              context));
    }
    return lanes;
  }

  /** Where there is a choice, replicas are asked about their table first. */
  private static TablesStatus.@Nullable Name table(Plan.Remote remote, Shard shard) {
    return shard.replicas().size() > 1
            && remote.source().source() instanceof TableExpression.NamedTable n
            && n.name().qualifier() instanceof String database
        ? new TablesStatus.Name(database, n.name().last())
        : null;
  }
}
