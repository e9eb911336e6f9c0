package io.longhouse.cluster.ddl;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.config.Replica;
import io.longhouse.cluster.config.Shard;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.OnCluster;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.parser.Parser;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry as this server carries it out.
 *
 * @param path of the entry
 * @param self this server as the entry names it
 * @param statement without ON CLUSTER
 * @param replica this server in the cluster
 */
record DdlTask(
    String name,
    String path,
    DdlEntry entry,
    HostId self,
    Statement statement,
    Shard shard,
    Replica replica) {

  /** This server among an entry's hosts; null when the entry is not for it. */
  static @Nullable HostId self(DdlEntry entry, Clusters clusters) {
    for (HostId host : entry.hosts()) {
      if (clusters.isThisServer(host.host(), host.port())) {
        return host;
      }
    }
    return null;
  }

  /**
   * @throws LonghouseException INCONSISTENT_CLUSTER_DEFINITION (455), SYNTAX_ERROR (62)
   */
  static DdlTask of(String name, String path, DdlEntry entry, HostId self, Clusters clusters) {
    Statement statement = Parser.parseStatement(entry.query()).statement();
    String cluster = OnCluster.of(statement);
    if (cluster == null) {
      throw new LonghouseException(ErrorCode.UNKNOWN_TYPE_OF_QUERY, "Received unknown DDL query");
    }
    Cluster known = clusters.find(cluster);
    if (known == null) {
      throw new LonghouseException(
          ErrorCode.INCONSISTENT_CLUSTER_DEFINITION,
          "DDL task "
              + name
              + " contains current host "
              + self.readable()
              + " in cluster "
              + cluster
              + ", but there is no such cluster here.");
    }
    for (boolean byName : new boolean[] {true, false}) {
      for (Shard s : known.shards()) {
        for (Replica r : s.replicas()) {
          boolean same = r.host().equals(self.host()) && r.port() == self.port();
          if (byName ? same : clusters.isThisServer(r.host(), r.port())) {
            return new DdlTask(name, path, entry, self, OnCluster.without(statement), s, r);
          }
        }
      }
    }
    throw new LonghouseException(
        ErrorCode.INCONSISTENT_CLUSTER_DEFINITION,
        "Not found host " + self.readable() + " in definition of cluster " + cluster);
  }

  String active() {
    return DdlQueue.active(path, self);
  }

  String finished() {
    return DdlQueue.finished(path, self);
  }

  /** Where the replicas of a shard agree who of them does it. */
  String shardPath() {
    return path
        + "/shards/"
        + shard.replicas().stream()
            .map(r -> new HostId(r.host(), r.port()).readable())
            .sorted()
            .collect(Collectors.joining(","));
  }
}
