package io.longhouse.cluster.config;

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
  record Row(String cluster, int shard, int replica, Cluster.Address address) {
    String hostAddress() {
      try {
        return InetAddress.getByName(address.host()).getHostAddress();
      } catch (UnknownHostException e) {
        return "";
      }
    }

    boolean isLocal() {
      try {
        return address.isLocal();
      } catch (UnknownHostException e) {
        return false;
      }
    }
  }

  ClustersTable() {
    super(
        "clusters",
        new SystemColumns<Row>()
            .text("cluster", Row::cluster)
            .add("shard_num", "UInt32", Row::shard)
            .text("shard_name", _ -> "")
            .add("shard_weight", "UInt32", _ -> 1)
            .flag("internal_replication", _ -> false)
            .add("replica_num", "UInt32", Row::replica)
            .text("host_name", r -> r.address().host())
            .text("host_address", Row::hostAddress)
            .add("port", "UInt16", r -> r.address().port())
            .flag("is_local", Row::isLocal)
            .text("user", _ -> "default")
            .text("default_database", _ -> "")
            .add("errors_count", "UInt32", _ -> 0)
            .add("slowdowns_count", "UInt32", _ -> 0)
            .add("estimated_recovery_time", "UInt32", _ -> 0)
            .text("database_shard_name", _ -> "")
            .text("database_replica_name", _ -> "")
            .flag("is_shared_catalog_cluster", _ -> false)
            .empty("is_active", "Nullable(UInt8)")
            .empty("unsynced_after_recovery", "Nullable(UInt8)")
            .empty("replication_lag", "Nullable(UInt32)")
            .empty("recovery_time", "Nullable(UInt64)"));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    List<Row> rows = new ArrayList<>();
    for (Cluster c : Cluster.all()) {
      for (int s = 0; s < c.shards().size(); s++) {
        List<Cluster.Address> replicas = c.shards().get(s);
        for (int r = 0; r < replicas.size(); r++) {
          rows.add(new Row(c.name(), s + 1, r + 1, replicas.get(r)));
        }
      }
    }
    return rows;
  }
}
