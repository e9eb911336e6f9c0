package io.longhouse.cluster.replication;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The replicas that an engine has open. A service of the engine. */
public final class ReplicatedTables implements AutoCloseable {
  private final Map<String, Replica> byPath = new ConcurrentHashMap<>();

  /** The replica with that path in Keeper; null if it is none of this engine's. */
  public @Nullable Replica find(String replicaPath) {
    return byPath.get(replicaPath);
  }

  public Collection<Replica> all() {
    return List.copyOf(byPath.values());
  }

  void add(Replica replica) {
    byPath.put(replica.path().own(), replica);
  }

  void remove(Replica replica) {
    byPath.remove(replica.path().own(), replica);
  }

  /** Ends the work of all replicas while Keeper is still there. */
  @Override
  public void close() {
    List<Thread> closing =
        all().stream().map(r -> Thread.ofVirtual().name("replica-close").start(r::close)).toList();
    for (Thread t : closing) {
      try {
        t.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
