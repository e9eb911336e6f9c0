package io.longhouse.cluster.keeper;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.system.SystemColumns;
import io.longhouse.engine.system.SystemTable;
import io.longhouse.registry.Register;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.zookeeper_connection}: the session with Keeper. */
@Register(
    kind = SystemTable.class,
    name = "zookeeper_connection",
    doc = "The server's session with Keeper.")
final class ZooKeeperConnectionTable extends SystemTable<ZooKeeperConnectionTable.Row> {
  /** A session and the servers that it could be with. */
  record Row(KeeperSession session, KeeperConfig config) {
    @Nullable InetSocketAddress server() {
      return session.server();
    }

    String host() {
      InetSocketAddress s = server();
      return s == null ? "" : s.getAddress().getHostAddress();
    }

    int port() {
      InetSocketAddress s = server();
      return s == null ? 0 : s.getPort();
    }

    /** Which of the configured servers it is. */
    @Nullable Object index() {
      InetSocketAddress s = server();
      for (int i = 0; s != null && i < config.hosts().size(); i++) {
        KeeperConfig.Host h = config.hosts().get(i);
        boolean same = h.host().equals(s.getHostString()) || h.host().equals(host());
        if (same && h.port() == s.getPort()) {
          return i;
        }
      }
      return null;
    }

    long uptimeSec() {
      return (System.currentTimeMillis() - session.openedMs()) / 1000;
    }
  }

  ZooKeeperConnectionTable() {
    super(
        "zookeeper_connection",
        new SystemColumns<Row>()
            .text("name", _ -> "default")
            .text("host", Row::host)
            .add("port", "UInt16", Row::port)
            .add("index", "Nullable(UInt8)", Row::index)
            .add("connected_time", "DateTime", r -> r.session().openedMs() / 1000)
            .number("session_uptime_elapsed_seconds", Row::uptimeSec)
            .flag("is_expired", r -> r.session().hasEnded())
            .add("keeper_api_version", "UInt8", _ -> 0)
            .add("client_id", "Int64", r -> r.session().id())
            .add("xid", "Int64", r -> r.session().calls())
            .empty("enabled_feature_flags", "Array(String)")
            .text("availability_zone", _ -> ""));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    Keeper keeper = KeeperService.require(context);
    return List.of(new Row(keeper.session(), keeper.config()));
  }
}
