package io.longhouse.cluster.config;

import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.ReplicaErrors;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.registry.Register;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** {@code system.clusters}: the servers of each cluster. */
@Register(kind = SystemTable.class, name = "clusters", doc = "The servers of each cluster.")
final class ClustersTable extends SystemTable<ClustersTable.Row> {
  record Row(
      Cluster cluster, Shard shard, int number, Replica replica, ReplicaErrors errors, long life) {
    String hostAddress() {
      try {
        return InetAddress.getByName(replica.host()).getHostAddress();
      } catch (UnknownHostException e) {
        return "";
      }
    }
  }

  ClustersTable() {
    super(
        "clusters",
        new SystemColumns<Row>()
            .text("cluster", r -> r.cluster().name())
            .add("shard_num", "UInt32", r -> r.shard().number())
            .text("shard_name", r -> r.shard().name())
            .add("shard_weight", "UInt32", r -> r.shard().weight())
            .flag("internal_replication", r -> r.shard().internalReplication())
            .add("replica_num", "UInt32", Row::number)
            .text("host_name", r -> r.replica().host())
            .text("host_address", Row::hostAddress)
            .add("port", "UInt16", r -> r.replica().port())
            .flag("is_local", r -> r.replica().local())
            .text("user", r -> r.replica().user())
            .text("default_database", r -> r.replica().defaultDatabase())
            .add("errors_count", "UInt32", r -> r.errors().errors(r.life()))
            .add("slowdowns_count", "UInt32", r -> r.errors().slowdowns(r.life()))
            .add("estimated_recovery_time", "UInt32", r -> r.errors().recoverySec(r.life()))
            .text("database_shard_name", _ -> "")
            .text("database_replica_name", _ -> "")
            .flag("is_shared_catalog_cluster", _ -> false)
            .empty("is_active", "Nullable(UInt8)")
            .empty("unsynced_after_recovery", "Nullable(UInt8)")
            .empty("replication_lag", "Nullable(UInt32)")
            .empty("recovery_time", "Nullable(UInt64)")
            .alias("name", "String", "cluster"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    Connections connections = context.require(Connections.class);
    long life = context.settings().number("distributed_replica_error_half_life");
    for (Cluster c : context.require(Clusters.class).all()) {
      for (Shard s : c.shards()) {
        int n = 0;
        for (Replica r : s.replicas()) {
          rows.add(new Row(c, s, ++n, r, connections.errors(r), life));
        }
      }
    }
    return rows;
  }
}
