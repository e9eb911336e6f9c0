package io.longhouse.cluster.keeper;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.Metrics;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Keeper of one engine: the server in this process if one is configured, and the client. {@link
 * Keeper} is a service of queries when there is one.
 */
public final class KeeperService implements AutoCloseable {
  private final @Nullable EmbeddedKeeper server;
  private final @Nullable Keeper client;

  private KeeperService(@Nullable EmbeddedKeeper server, @Nullable Keeper client) {
    this.server = server;
    this.client = client;
  }

  /**
   * @param services gets {@link Keeper} where there is one
   */
  public static KeeperService open(
      EngineConfig config, Metrics metrics, Map<Class<?>, Object> services) {
    Map<String, String> keys = config.configuration();
    KeeperServerConfig own = KeeperServerConfig.read(keys, config.path());
    KeeperConfig servers = KeeperConfig.read(keys);
    EmbeddedKeeper server = own == null ? null : EmbeddedKeeper.start(own);
    Keeper client = servers == null ? null : Keeper.open(servers);
    if (client != null) {
      services.put(Keeper.class, client);
      metrics.gauge(
          "ZooKeeperSession",
          () -> {
            KeeperSession s = client.sessionOrNull();
            return s == null ? 0 : 1;
          });
    }
    return new KeeperService(server, client);
  }

  /** Null where none is configured. */
  public @Nullable Keeper keeper() {
    return client;
  }

  /** Other servers or timeouts are taken over; a Keeper where there was none is not. */
  public void reload(Map<String, String> configuration) {
    Keeper k = client;
    KeeperConfig fresh = k == null ? null : KeeperConfig.read(configuration);
    if (k != null && fresh != null) {
      k.reload(fresh);
    }
  }

  /**
   * The Keeper of a query's server.
   *
   * @throws LonghouseException NO_ZOOKEEPER (225) when none is configured
   */
  public static Keeper require(QueryContext context) {
    Keeper keeper = context.service(Keeper.class);
    if (keeper == null) {
      throw missing();
    }
    return keeper;
  }

  /** What is answered where a Keeper is needed and none is configured. */
  public static LonghouseException missing() {
    return new LonghouseException(
        ErrorCode.NO_ZOOKEEPER,
        "Can't get ZooKeeper: there is no <zookeeper> in the configuration");
  }

  @Override
  public void close() {
    Keeper k = client;
    if (k != null) {
      k.close();
    }
    EmbeddedKeeper s = server;
    if (s != null) {
      s.close();
    }
  }
}
