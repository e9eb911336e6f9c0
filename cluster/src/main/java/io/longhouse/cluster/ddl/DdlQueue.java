package io.longhouse.cluster.ddl;

import io.longhouse.cluster.keeper.CreateMode;
import io.longhouse.cluster.keeper.Keeper;
import io.longhouse.cluster.keeper.KeeperCalls;
import io.longhouse.cluster.keeper.KeeperError;
import io.longhouse.cluster.keeper.KeeperError.Reason;
import io.longhouse.cluster.keeper.KeeperPaths;
import io.longhouse.cluster.keeper.KeeperStat;
import io.longhouse.cluster.keeper.MultiResult;
import io.longhouse.cluster.keeper.Op;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue's nodes. */
final class DdlQueue {
  private static final System.Logger LOG = System.getLogger(DdlQueue.class.getName());
  private static final String PREFIX = "query-";

  private final Keeper keeper;
  private final DdlConfig config;

  DdlQueue(Keeper keeper, DdlConfig config) {
    this.keeper = keeper;
    this.config = config;
  }

  Keeper keeper() {
    return keeper;
  }

  DdlConfig config() {
    return config;
  }

  String entry(String name) {
    return config.path() + "/" + name;
  }

  static String active(String entry, HostId host) {
    return entry + "/active/" + host.text();
  }

  static String finished(String entry, HostId host) {
    return entry + "/finished/" + host.text();
  }

  String presence(HostId host) {
    return config.replicasPath() + "/" + host.text();
  }

  /** Names of entries, oldest first; a watch is told when one comes or goes. */
  List<String> names(KeeperCalls calls, @Nullable Runnable watch) {
    calls.createAll(config.path());
    return calls.children(config.path(), watch).stream()
        .filter(n -> n.startsWith(PREFIX) && n.substring(PREFIX.length()).matches("\\d{10,11}"))
        .sorted()
        .toList();
  }

  static long number(String name) {
    return Long.parseLong(name.substring(PREFIX.length()));
  }

  /**
   * Adds an entry.
   *
   * @return its path
   */
  String add(DdlEntry entry) {
    keeper.createAll(config.path());
    for (HostId host : entry.hosts()) {
      keeper.createAll(presence(host));
    }
    String path =
        keeper.create(config.path() + "/" + PREFIX, entry.text(), CreateMode.PERSISTENT_SEQUENTIAL);
    try {
      createStatusNodes(keeper, path);
    } catch (LonghouseException e) {
      // Who carries the entry out makes them where they are missing.
      LOG.log(Level.INFO, "nodes for the status of " + path + ": " + e.message());
    }
    return path;
  }

  /**
   * Makes the nodes for what becomes of an entry.
   *
   * @throws LonghouseException UNFINISHED (341) when somebody is removing the entry
   */
  static void createStatusNodes(KeeperCalls calls, String entry) {
    MultiResult made =
        calls.multi(List.of(Op.create(entry + "/active", ""), Op.create(entry + "/finished", "")));
    if (made.isDone() || made.failed(0, Reason.NODE_EXISTS)) {
      return;
    }
    if (made.failed(1, Reason.NODE_EXISTS)) {
      throw new LonghouseException(
          ErrorCode.UNFINISHED,
          "Cannot create znodes (status) for "
              + entry
              + " in [Zoo]Keeper, most likely because someone is deleting it concurrently");
    }
    made.orThrow();
  }

  /** Removes entries that are too old, and the oldest of too many. */
  void clean() {
    List<String> names = names(keeper, null);
    long newest = names.isEmpty() ? 0 : number(names.getLast());
    for (String name : names) {
      String entry = entry(name);
      KeeperStat stat = keeper.exists(entry);
      if (stat == null) {
        continue;
      }
      boolean old = stat.ctimeMs() + config.lifetimeMs() < System.currentTimeMillis();
      if (!old && number(name) + config.entriesMax() >= newest) {
        return; // those behind it are newer
      }
      remove(entry);
    }
  }

  private void remove(String entry) {
    try {
      keeper.removeIfThere(entry + "/active");
      keeper.createIfMissing(entry + "/finished", "");
      for (String child : keeper.children(entry)) {
        if (!child.equals("finished")) {
          keeper.removeAll(KeeperPaths.join(entry, child));
        }
      }
      for (String host : keeper.children(entry + "/finished")) {
        keeper.removeIfThere(entry + "/finished/" + host);
      }
      keeper.multi(List.of(Op.remove(entry + "/finished"), Op.remove(entry)));
    } catch (KeeperError e) {
      if (e.isConnection()) {
        throw e;
      }
      // Somebody works on it, or removes it too.
      LOG.log(Level.DEBUG, "the entry " + entry + " stays: " + e.message());
    }
  }
}
