package io.longhouse.cluster;

import io.longhouse.engine.session.EngineExtension;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.registry.Register;

/** Makes an engine a server among others. */
@Register(
    kind = EngineExtension.class,
    name = "cluster",
    doc = "Clusters, replication, Keeper and what is done on other servers.")
final class ClusterExtension implements EngineExtension {
  @Override
  public Opened open(LocalEngine engine) {
    return new ClusterNode(engine);
  }
}
