package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/** ZooKeeper's client as it is set up here. It connects by itself, again and again. */
final class ZooKeeperClient extends ZooKeeper {
  private static final System.Logger LOG = System.getLogger(ZooKeeperClient.class.getName());

  /** As large as ClickHouse lets answers be. */
  private static final int ANSWER_BYTES_MAX = 16 << 20;

  private final int askedTimeoutMs;

  private ZooKeeperClient(KeeperConfig config, Watcher watcher, ZKClientConfig client)
      throws IOException {
    super(config.addresses(), config.sessionTimeoutMs(), watcher, false, client);
    this.askedTimeoutMs = config.sessionTimeoutMs();
  }

  static ZooKeeperClient connect(KeeperConfig config, Watcher watcher) {
    ZooKeeperProperties.set();
    var client = new ZKClientConfig();
    client.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
    client.setProperty(ZKClientConfig.JUTE_MAXBUFFER, String.valueOf(ANSWER_BYTES_MAX));
    if (config.secure()) {
      ZooKeeperTls.configure(config.tls(), client::setProperty);
    }
    try {
      var zk = new ZooKeeperClient(config, watcher, client);
      if (!config.identity().isEmpty()) {
        zk.addAuthInfo("digest", config.identity().getBytes(StandardCharsets.UTF_8));
      }
      return zk;
    } catch (IOException | IllegalArgumentException e) {
      throw new KeeperError(
          Reason.CONNECTION_LOSS,
          "cannot connect to " + config.addresses() + ": " + e.getMessage());
    }
  }

  /** As the servers have granted it, else as it is asked for. */
  int sessionTimeoutMs() {
    int granted = getSessionTimeout();
    return granted > 0 ? granted : askedTimeoutMs;
  }

  @Nullable InetSocketAddress server() {
    return testableRemoteSocketAddress() instanceof InetSocketAddress a ? a : null;
  }

  /** Ends the session; blocks until the servers know or cannot be reached. */
  void closeQuietly() {
    try {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.log(Level.DEBUG, "a session with Keeper was not closed in order");
    }
  }
}
