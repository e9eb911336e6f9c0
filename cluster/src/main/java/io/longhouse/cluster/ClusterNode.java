package io.longhouse.cluster;

import io.longhouse.cluster.access.ReplicatedDirectory;
import io.longhouse.cluster.config.ClusterDiscovery;
import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.database.ReplicatedDatabases;
import io.longhouse.cluster.ddl.DdlService;
import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.cluster.interserver.PartExchange;
import io.longhouse.cluster.keeper.KeeperService;
import io.longhouse.cluster.replication.ReplicatedTables;
import io.longhouse.engine.session.EngineExtension;
import io.longhouse.engine.session.LocalEngine;
import java.util.HashMap;
import java.util.Map;

/** One engine's place in its clusters: what the parts of this module have open for it. */
final class ClusterNode implements EngineExtension.Opened {
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final Clusters clusters;
  private final Connections connections;
  private final KeeperService keeper;
  private final ClusterDiscovery discovery;
  private final DdlService ddl;
  private final ReplicatedDatabases databases;
  private final Interserver interserver;
  private final PartExchange parts;
  private final ReplicatedTables replicas;

  ClusterNode(LocalEngine engine) {
    clusters = new Clusters(engine);
    connections = new Connections();
    services.put(ClusterNode.class, this);
    services.put(Clusters.class, clusters);
    services.put(Connections.class, connections);
    Map<String, String> configuration = engine.config().configuration();
    interserver = new Interserver(configuration, engine::ports);
    parts = new PartExchange(interserver, configuration, engine.metrics());
    services.put(Interserver.class, interserver);
    services.put(PartExchange.class, parts);
    replicas = new ReplicatedTables();
    services.put(ReplicatedTables.class, replicas);
    keeper = KeeperService.open(engine.config(), engine.metrics(), services);
    ReplicatedDirectory.connect(engine.access(), keeper.keeper());
    discovery = new ClusterDiscovery(engine, clusters, keeper.keeper());
    databases = new ReplicatedDatabases(engine, keeper.keeper());
    services.put(ReplicatedDatabases.class, databases);
    ddl = DdlService.open(engine, clusters, keeper.keeper(), databases, services);
  }

  @Override
  public Map<Class<?>, Object> services() {
    return services;
  }

  @Override
  public void reload(Map<String, String> configuration) {
    clusters.reload(configuration);
    discovery.reload(configuration);
    keeper.reload(configuration);
    interserver.reload(configuration);
    parts.reload(configuration);
  }

  @Override
  public void start() {
    discovery.start();
    databases.start();
    ddl.start();
  }

  @Override
  public void close() {
    ddl.close();
    databases.close();
    replicas.close();
    discovery.close();
    connections.close();
    keeper.close();
  }
}
