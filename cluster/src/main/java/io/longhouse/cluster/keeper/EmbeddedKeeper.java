package io.longhouse.cluster.keeper;

import io.longhouse.cluster.keeper.KeeperServerConfig.Member;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.util.ServiceUtils;
import org.jspecify.annotations.Nullable;

/**
 * A Keeper in this process: Apache ZooKeeper, alone or as one of an ensemble. What it has answered
 * is on disk. A server that stopped by itself, for want of disk space say, is started again with
 * pauses; old snapshots and logs are removed.
 */
public final class EmbeddedKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedKeeper.class.getName());
  private static final long LOOK_EVERY_MS = 1000;
  private static final int SNAPSHOTS_KEPT = 3;

  /** What runs at the moment. */
  interface Running {
    boolean isAlive();

    /** Whether clients are served: alone always, else while there is a leader. */
    boolean isServing();

    int port();

    /** Ends a session as its timeout would. */
    void expire(long session);

    void stop();
  }

  private final KeeperServerConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final DatadirCleanupManager cleanup;
  private final Thread watcher;

  /** Guarded by {@link #lock}; null while it is stopped. */
  private @Nullable Running running;

  private boolean closed;

  private EmbeddedKeeper(KeeperServerConfig config) throws IOException {
    ZooKeeperProperties.set();
    ServiceUtils.setSystemExitProcedure(
        code -> LOG.log(Level.ERROR, "the Keeper in this process cannot go on: code " + code));
    Files.createDirectories(config.folder());
    this.config = config;
    var folder = config.folder().toFile();
    this.cleanup = new DatadirCleanupManager(folder, folder, SNAPSHOTS_KEPT, 1);
    this.watcher = Thread.ofVirtual().name("keeper-server-watch").unstarted(this::watch);
  }

  /**
   * Alone, on loopback; for tests and first tries.
   *
   * @param port 0 for one that is free
   */
  public static EmbeddedKeeper start(Path folder, int port) {
    return start(KeeperServerConfig.alone(folder, port));
  }

  /**
   * Starts the server; one of an ensemble serves as soon as enough others are there.
   *
   * @throws LonghouseException when the port is taken or the folder cannot be used
   */
  public static EmbeddedKeeper start(KeeperServerConfig config) {
    try {
      var keeper = new EmbeddedKeeper(config);
      keeper.startAgain();
      keeper.cleanup.start();
      keeper.watcher.start();
      return keeper;
    } catch (IOException e) {
      throw new LonghouseException(
          ErrorCode.NETWORK_ERROR,
          "The Keeper in this process cannot be started on port "
              + config.port()
              + " with "
              + config.folder()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Starts it after {@link #stop}, on the same port with the same data. */
  public void startAgain() throws IOException {
    lock.lock();
    try {
      if (!closed && running == null) {
        running =
            config.members().isEmpty()
                ? AloneKeeper.start(config, address())
                : MemberKeeper.start(config, properties());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops it until it is started again; what it knows is on disk. */
  public void stop() {
    lock.lock();
    try {
      Running r = running;
      running = null;
      if (r != null) {
        r.stop();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY_MS);
        look();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the Keeper in this process is no longer watched");
    }
  }

  private void look() {
    lock.lock();
    try {
      Running r = running;
      if (r == null || r.isAlive()) {
        return;
      }
      LOG.log(Level.ERROR, "the Keeper in this process stopped by itself and is started again");
      r.stop();
      running = null;
      startAgain();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the Keeper in this process cannot be started: " + e.getMessage());
      running = new Stopped();
    } finally {
      lock.unlock();
    }
  }

  /** Could not be started, which is tried again. */
  private record Stopped() implements Running {
    @Override
    public boolean isAlive() {
      return false;
    }

    @Override
    public boolean isServing() {
      return false;
    }

    @Override
    public int port() {
      return -1;
    }

    @Override
    public void expire(long session) {}

    @Override
    public void stop() {}
  }

  /** Where clients connect to; -1 while it is stopped. */
  public int port() {
    lock.lock();
    try {
      Running r = running;
      return r == null ? -1 : r.port();
    } finally {
      lock.unlock();
    }
  }

  /** How a client reaches it. */
  public KeeperConfig client() {
    return KeeperConfig.of("127.0.0.1", port());
  }

  /** Whether clients are served. */
  public boolean isServing() {
    lock.lock();
    try {
      Running r = running;
      return r != null && r.isServing();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until clients are served. */
  public boolean awaitServing(long timeoutMs) throws InterruptedException {
    long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    while (!isServing()) {
      if (System.nanoTime() > untilNs) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  /** Ends a session as its timeout would. */
  public void expire(long session) {
    lock.lock();
    try {
      Running r = running;
      if (r != null) {
        r.expire(session);
      }
    } finally {
      lock.unlock();
    }
  }

  /** One address, or all when several are listened on that are not loopback. */
  private InetSocketAddress address() throws IOException {
    List<String> hosts = config.listenHosts();
    boolean loopback = true;
    for (String host : hosts) {
      loopback &= InetAddress.getByName(host).isLoopbackAddress();
    }
    return loopback
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port())
        : hosts.size() == 1
            ? new InetSocketAddress(InetAddress.getByName(hosts.getFirst()), config.port())
            : new InetSocketAddress(config.port());
  }

  private Properties properties() throws IOException {
    var p = new Properties();
    InetSocketAddress at = address();
    p.putAll(
        Map.of(
            "tickTime", String.valueOf(config.tickMs()),
            "initLimit", "10",
            "syncLimit", "5",
            "dataDir", config.folder().toString(),
            "clientPort", String.valueOf(at.getPort()),
            "clientPortAddress", at.getAddress().getHostAddress(),
            "maxClientCnxns", "0",
            "minSessionTimeout", String.valueOf(config.sessionTimeoutMinMs()),
            "maxSessionTimeout", String.valueOf(config.sessionTimeoutMaxMs()),
            "admin.enableServer", "false"));
    p.setProperty("standaloneEnabled", "false");
    for (Member m : config.members()) {
      p.setProperty("server." + m.id(), m.host() + ":" + m.port() + ":" + m.electionPort());
    }
    Files.writeString(config.folder().resolve("myid"), config.serverId() + "\n");
    return p;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    watcher.interrupt();
    cleanup.shutdown();
    stop();
  }
}
