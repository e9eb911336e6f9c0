package io.longhouse.cluster;

import io.longhouse.cluster.keeper.KeeperService;
import io.longhouse.engine.session.EngineExtension;
import io.longhouse.engine.session.LocalEngine;
import java.util.HashMap;
import java.util.Map;

/** One engine's place in its clusters: what the parts of this module have open for it. */
final class ClusterNode implements EngineExtension.Opened {
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final KeeperService keeper;

  ClusterNode(LocalEngine engine) {
    services.put(ClusterNode.class, this);
    keeper = KeeperService.open(engine.config(), engine.metrics(), services);
  }

  @Override
  public Map<Class<?>, Object> services() {
    return services;
  }

  @Override
  public void reload(Map<String, String> configuration) {
    keeper.reload(configuration);
  }

  @Override
  public void close() {
    keeper.close();
  }
}
