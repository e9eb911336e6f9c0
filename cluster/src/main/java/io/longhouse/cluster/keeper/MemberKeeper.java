package io.longhouse.cluster.keeper;

import java.io.IOException;
import java.util.Properties;
import javax.security.sasl.SaslException;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.admin.AdminServer;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;
import org.jspecify.annotations.Nullable;

/** One ZooKeeper server of an ensemble. */
final class MemberKeeper implements EmbeddedKeeper.Running {
  private static final System.Logger LOG = System.getLogger(MemberKeeper.class.getName());
  private static final long STOP_WAIT_MS = 5000;

  /** Builds a member of a configuration; its start-up is ZooKeeper's own. */
  private static final class Peer extends QuorumPeerMain {
    private final QuorumPeer peer;

    Peer() throws SaslException {
      this.peer = new QuorumPeer();
    }

    @Override
    protected QuorumPeer getQuorumPeer() {
      return peer;
    }
  }

  private final Peer main;
  private final Thread runner;
  private final int port;

  private MemberKeeper(Peer main, QuorumPeerConfig config) {
    this.main = main;
    this.port = config.getClientPortAddress().getPort();
    this.runner =
        Thread.ofPlatform().name("keeper-server").daemon().unstarted(() -> run(main, config));
  }

  static MemberKeeper start(KeeperServerConfig of, Properties properties) throws IOException {
    var config = new QuorumPeerConfig();
    try {
      config.parseProperties(properties);
    } catch (QuorumPeerConfig.ConfigException e) {
      throw new IOException("the ensemble's configuration: " + e.getMessage(), e);
    }
    var member = new MemberKeeper(new Peer(), config);
    member.runner.start();
    return member;
  }

  private static void run(Peer main, QuorumPeerConfig config) {
    try {
      main.runFromConfig(config);
    } catch (IOException | AdminServer.AdminServerException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the Keeper in this process ended", e);
    }
  }

  @Override
  public boolean isAlive() {
    return runner.isAlive();
  }

  private @Nullable ZooKeeperServer server() {
    return main.getQuorumPeer().getActiveServer();
  }

  @Override
  public boolean isServing() {
    ZooKeeperServer s = server();
    return s != null && s.isRunning();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void expire(long session) {
    ZooKeeperServer s = server();
    if (s != null) {
      s.expire(session);
    }
  }

  @Override
  public void stop() {
    main.getQuorumPeer().shutdown();
    try {
      runner.join(STOP_WAIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
