package io.longhouse.cluster.keeper;

import static java.util.Objects.requireNonNull;

import io.longhouse.cluster.keeper.KeeperError.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Keeper can be asked. Each call ends by the operation timeout. Every call throws {@link
 * KeeperError}, with a reason of the node's (no node, node exists, bad version, not empty) or of
 * the connection's ({@link KeeperError#isConnection}), after which a write may have been made or
 * not: the caller finds out by what it wrote.
 *
 * <p>A watch is told once, on a thread of its own: when the node changed, or when the session
 * ended.
 */
public interface KeeperCalls {
  /**
   * @return the node's path, with its number if it has one
   */
  String create(String path, byte[] data, CreateMode mode);

  /** Null when there is no such node. The watch is told of changed data and of removal. */
  @Nullable KeeperNode tryGet(String path, @Nullable Runnable watch);

  /** Null when there is none. The watch is told when it is made, changed or removed. */
  @Nullable KeeperStat exists(String path, @Nullable Runnable watch);

  /**
   * Names of children, in no order; null when there is no such node. The watch is told when one
   * comes or goes, and when the node itself is removed; it is not set where there is no node.
   */
  @Nullable List<String> tryChildren(String path, @Nullable Runnable watch);

  /**
   * @param version {@link Op#ANY} for whichever it is
   * @return the new version
   */
  int set(String path, byte[] data, int version);

  /**
   * @param version {@link Op#ANY} for whichever it is
   */
  void remove(String path, int version);

  /** All or nothing. Throws for the connection's reasons only. */
  MultiResult multi(List<? extends Op> ops);

  /** Several nodes, asked for at once; null for those that are not there. */
  List<@Nullable KeeperNode> getAll(List<String> paths);

  /** Afterwards, what is read is at least as new as what anybody wrote before. */
  void sync(String path);

  default String create(String path, String data, CreateMode mode) {
    return create(path, data.getBytes(StandardCharsets.UTF_8), mode);
  }

  default String create(String path, String data) {
    return create(path, data, CreateMode.PERSISTENT);
  }

  /**
   * @return whether it was not there before
   */
  default boolean createIfMissing(String path, String data) {
    try {
      create(path, data);
      return true;
    } catch (KeeperError e) {
      if (e.reason() == Reason.NODE_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  /** Makes the node, empty, and all above it, where they are missing. */
  default void createAll(String path) {
    if (path.isEmpty() || path.equals("/") || exists(path) != null) {
      return;
    }
    createAll(KeeperPaths.parent(path));
    createIfMissing(path, "");
  }

  default KeeperNode get(String path) {
    return get(path, null);
  }

  default KeeperNode get(String path, @Nullable Runnable watch) {
    KeeperNode node = tryGet(path, watch);
    if (node == null) {
      throw KeeperError.of(Reason.NO_NODE, path);
    }
    return node;
  }

  default @Nullable KeeperNode tryGet(String path) {
    return tryGet(path, null);
  }

  default @Nullable KeeperStat exists(String path) {
    return exists(path, null);
  }

  default List<String> children(String path) {
    return children(path, null);
  }

  default List<String> children(String path, @Nullable Runnable watch) {
    List<String> names = tryChildren(path, watch);
    if (names == null) {
      throw KeeperError.of(Reason.NO_NODE, path);
    }
    return names;
  }

  default int set(String path, String data, int version) {
    return set(path, data.getBytes(StandardCharsets.UTF_8), version);
  }

  default void set(String path, String data) {
    set(path, data, Op.ANY);
  }

  default void remove(String path) {
    remove(path, Op.ANY);
  }

  /**
   * @return whether it was there
   */
  default boolean removeIfThere(String path) {
    try {
      remove(path, Op.ANY);
      return true;
    } catch (KeeperError e) {
      if (e.reason() == Reason.NO_NODE) {
        return false;
      }
      throw e;
    }
  }

  /** Removes the node with all below it, if it is there. Not atomic. */
  default void removeAll(String path) {
    List<String> order = new ArrayList<>(List.of(path));
    for (int i = 0; i < order.size(); i++) {
      String at = order.get(i);
      List<String> below = tryChildren(at, null);
      if (below != null) {
        below.forEach(name -> order.add(KeeperPaths.join(at, name)));
      }
    }
    for (String each : order.reversed()) {
      removeIfThere(each);
    }
  }

  /** Data of a node as UTF-8; null when there is no such node. */
  default @Nullable String text(String path) {
    KeeperNode node = tryGet(path, null);
    return node == null ? null : requireNonNull(node).text();
  }
}
