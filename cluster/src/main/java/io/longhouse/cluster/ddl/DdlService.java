package io.longhouse.cluster.ddl;

import io.longhouse.cluster.config.Clusters;
import io.longhouse.cluster.database.ReplicatedDatabases;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.ClusterStatements;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ON CLUSTER in one engine: what statements are given to, and what works the queue off. */
public final class DdlService implements AutoCloseable {
  private final @Nullable DdlWorker worker;

  private DdlService(@Nullable DdlWorker worker) {
    this.worker = worker;
  }

  /**
   * @param keeper null where there is none: statements are refused then
   * @param services gets {@link ClusterStatements}
   */
  public static DdlService open(
      LocalEngine engine,
      Clusters clusters,
      @Nullable Keeper keeper,
      ReplicatedDatabases databases,
      Map<Class<?>, Object> services) {
    if (keeper == null) {
      services.put(ClusterStatements.class, new OnClusterStatements(null, clusters, databases));
      return new DdlService(null);
    }
    var queue = new DdlQueue(keeper, DdlConfig.read(engine.config().configuration()));
    services.put(DdlQueue.class, queue);
    services.put(ClusterStatements.class, new OnClusterStatements(queue, clusters, databases));
    return new DdlService(new DdlWorker(queue, clusters, new DdlExecution(engine), engine.uuid()));
  }

  /** Begins to work off the queue; the engine's tables are loaded. */
  public void start() {
    DdlWorker w = worker;
    if (w != null) {
      w.start();
    }
  }

  @Override
  public void close() {
    DdlWorker w = worker;
    if (w != null) {
      w.close();
    }
  }
}
