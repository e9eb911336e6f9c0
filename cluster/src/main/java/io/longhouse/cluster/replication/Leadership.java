package io.longhouse.cluster.replication;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.keeper.KeeperNode;
import io.longhouse.cluster.keeper.KeeperSession;
import io.longhouse.cluster.replication.leader.LeaderElection;
import io.longhouse.cluster.replication.node.HostNode;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.Caller;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this replica leads, and what it does when another one leads alone: statements that only a
 * leader can carry out are sent to it.
 */
final class Leadership {
  private static final Timeouts TIMEOUTS = new Timeouts(10_000, 10_000, 300_000, 60_000);

  private final ReplicaCore core;
  private final @Nullable Clusters clusters;
  private volatile @Nullable LeaderElection election;

  /**
   * @param clusters that tell with which user servers are asked; null for none
   */
  Leadership(ReplicaCore core, @Nullable Clusters clusters) {
    this.core = core;
    this.clusters = clusters;
  }

  /** Takes part in the election of a session. */
  void enter(KeeperSession session, Runnable changed) {
    leave();
    election =
        new LeaderElection(
            session,
            core.path().table(),
            core.path().replica(),
            core.settings().isOn("replicated_can_become_leader"),
            core.oldReplicas(),
            changed);
  }

  void leave() {
    LeaderElection e = election;
    if (e != null) {
      e.close();
      election = null;
    }
  }

  boolean isLeader() {
    LeaderElection e = election;
    return e != null && e.isLeader();
  }

  /**
   * Has the only leader carry out a statement.
   *
   * @param statement with {@code %s} for the table's name
   * @return false when this replica is to do it itself
   */
  boolean forwarded(String statement) {
    LeaderElection e = election;
    if (e == null || !e.isSingle() || e.isLeader()) {
      return false;
    }
    String leader = e.leader();
    String node = core.path().other(leader, "host");
    KeeperNode found = core.session().get(node);
    HostNode host = HostNode.parse(found.data(), node);
    String table = Quoting.identifier(host.database()) + "." + Quoting.identifier(host.table());
    run(leader, host, statement.formatted(table));
    return true;
  }

  private void run(String leader, HostNode host, String sql) {
    try (NativeClient client = NativeClient.connect(endpoint(host), TIMEOUTS, Caller.CLIENT)) {
      client.send(ClientQuery.of(sql));
      while (true) {
        Answer answer = client.next();
        if (answer instanceof Answer.Failed f) {
          throw new LonghouseException(
              ErrorCode.of(f.failure().code()),
              "Replica "
                  + leader
                  + ", which leads table "
                  + core.name()
                  + ", answered to '"
                  + sql
                  + "': "
                  + f.failure().message());
        }
        if (answer instanceof Answer.End) {
          return;
        }
      }
    }
  }

  /** With the user by which the server is asked as a member of a cluster. */
  private Endpoint endpoint(HostNode host) {
    String user = "default";
    String password = "";
    for (Cluster c : clusters == null ? List.<Cluster>of() : clusters.all()) {
      for (Shard s : c.shards()) {
        for (var r : s.replicas()) {
          if (r.host().equals(host.host()) && r.port() == host.tcpPort() && !r.secure()) {
            user = r.user();
            password = r.password();
          }
        }
      }
    }
    return new Endpoint(
        host.host(), host.tcpPort(), false, false, user, password, host.database(), null);
  }
}
