package io.longhouse.cluster.keeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A ZooKeeper server without others. */
final class AloneKeeper implements EmbeddedKeeper.Running {
  private final FileTxnSnapLog files;
  private final ZooKeeperServer server;
  private final NIOServerCnxnFactory connections;

  private AloneKeeper(
      FileTxnSnapLog files, ZooKeeperServer server, NIOServerCnxnFactory connections) {
    this.files = files;
    this.server = server;
    this.connections = connections;
  }

  static AloneKeeper start(KeeperServerConfig config, InetSocketAddress address)
      throws IOException {
    var folder = config.folder().toFile();
    var files = new FileTxnSnapLog(folder, folder);
    var server = new ZooKeeperServer(files, config.tickMs(), "");
    server.setMinSessionTimeout(config.sessionTimeoutMinMs());
    server.setMaxSessionTimeout(config.sessionTimeoutMaxMs());
    var connections = new NIOServerCnxnFactory();
    var started = new AloneKeeper(files, server, connections);
    try {
      connections.configure(address, 0, -1, false);
      connections.startup(server);
      return started;
    } catch (InterruptedException e) {
      started.stop();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    } catch (IOException e) {
      started.stop();
      throw e;
    }
  }

  @Override
  public boolean isAlive() {
    return server.isRunning();
  }

  @Override
  public boolean isServing() {
    return server.isRunning();
  }

  @Override
  public int port() {
    return connections.getLocalPort();
  }

  @Override
  public void expire(long session) {
    server.expire(session);
  }

  @Override
  public void stop() {
    connections.shutdown();
    server.shutdown();
    try {
      files.close();
    } catch (IOException e) {
      System.getLogger(AloneKeeper.class.getName())
          .log(System.Logger.Level.WARNING, "closing Keeper's files: " + e.getMessage());
    }
  }
}
