package io.longhouse.cluster.replication.leader;

import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperNode;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a table has replicas that read only what servers before 20.3 wrote: parts with the nodes
 * {@code columns} and {@code checksums}, mutations without the version of an ALTER, log entries of
 * the kinds get, merge, drop, detach, clear_column, REPLACE_RANGE and mutate.
 */
public final class OldReplicas {
  private static final System.Logger LOG = System.getLogger(OldReplicas.class.getName());

  private final String table;
  private volatile List<String> names = List.of();
  private volatile Runnable changed = () -> {};

  /**
   * @param table the table's path in Keeper
   */
  public OldReplicas(String table) {
    this.table = table;
  }

  /** Told on a thread of its own when there are others than before. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /**
   * Looks again.
   *
   * @param watch told when replicas come or go; null for nobody
   * @return names of the old ones
   */
  public List<String> refresh(KeeperCalls keeper, @Nullable Runnable watch) {
    List<String> replicas = keeper.children(table + "/replicas", watch);
    List<String> paths = replicas.stream().map(r -> path(r) + "/metadata_version").toList();
    List<@Nullable KeeperNode> versions = keeper.getAll(paths);
    List<String> old = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      if (versions.get(i) == null) {
        old.add(replicas.get(i));
      }
    }
    old.sort(null);
    if (!old.equals(names)) {
      LOG.log(
          Level.INFO,
          "{0}: replicas of servers before 20.3: {1}",
          table,
          old.isEmpty() ? "none any more" : String.join(", ", old));
      names = List.copyOf(old);
      Thread.ofVirtual().name("old replicas").start(changed);
    }
    return names;
  }

  private String path(String replica) {
    return table + "/replicas/" + replica;
  }

  /** Names of those that there were when it was last looked. */
  public List<String> names() {
    return names;
  }

  /** Whether there were any when it was last looked. */
  public boolean any() {
    return !names.isEmpty();
  }
}
