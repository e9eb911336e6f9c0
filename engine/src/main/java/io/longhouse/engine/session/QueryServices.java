package io.longhouse.engine.session;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SessionQuota;
import io.longhouse.engine.access.SessionUser;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.catalog.DroppedTables;
import io.longhouse.engine.exec.SpillFolder;
import io.longhouse.engine.statement.TemporaryTables;
import io.longhouse.engine.tenancy.Tenancy;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.function.ServerFacts;
import io.longhouse.storage.mergetree.BackgroundMerges;
import java.util.HashMap;
import java.util.Map;

/** What of the engine and the session the parts of a query find in its context, by class. */
final class QueryServices {
  private QueryServices() {}

  /** A new map, which the query's context may add to. */
  static Map<Class<?>, Object> of(LocalEngine engine, LocalSession session, SessionQuota quota) {
    Map<Class<?>, Object> services = new HashMap<>();
    services.put(Catalog.class, engine.catalog());
    services.put(LocalEngine.class, engine);
    services.put(BackgroundMerges.class, engine.merges());
    services.put(Metrics.class, engine.metrics());
    services.put(SessionAccess.class, session.access());
    services.put(Tenancy.class, engine.tenancy());
    services.put(SessionQuota.class, quota);
    SessionUser user = session.sessionUser();
    if (user != null) {
      services.put(SessionUser.class, user);
    }
    services.put(ServerFacts.class, engine.facts());
    services.put(Processes.class, engine.processes());
    services.put(Workloads.class, engine.workloads());
    services.put(SpillFolder.class, engine.spillFolder());
    services.put(ErrorCounts.class, engine.errors());
    engine.extensions().forEach(e -> services.putAll(e.services()));
    if (engine.dropped() != null) {
      services.put(DroppedTables.class, engine.dropped());
    }
    services.put(TemporaryTables.class, session.temporaryTables());
    return services;
  }
}
